import 'server-only';
import { AuditedCall, currentCall } from '@/lib/audit/audited-call';
import type { AuditNotes } from '@/lib/audit/entry';
import { type ServerAudit, serverAudit } from '@/lib/audit/server-audit';
import type { AuditOutcome } from '@/lib/contract/audit';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { HistoryEntry } from '@/lib/contract/history';
import type { Principal } from '@/lib/contract/principal';
import { history } from '@/lib/history/history';
import { decodePerson, PERSON_HEADER } from '@/lib/sign-in/person';
import { requestId } from '@/lib/telemetry/request-scope';

/** The header in which the web server says where a request comes from. */
export const ADDRESS_HEADER = 'x-ringside-address';

interface Asked {
  readonly endpoint: Endpoint;
  readonly principal: Principal;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Headers;
}

/** Begins to record a request. @returns null where nothing is audited */
export function auditedCall(
  { endpoint, principal, params, headers }: Asked,
  audit: Pick<ServerAudit, 'append' | 'announce' | 'config'> | null = serverAudit(),
): AuditedCall | null {
  if (audit === null) return null;
  const way = decodePerson(headers.get(PERSON_HEADER))?.way;
  const { id: personId, name: person = null, token } = principal;
  return new AuditedCall(audit, {
    endpoint,
    person: { person, personId, ...(way === undefined ? {} : { way }), ...(token === undefined ? {} : { token }) },
    address: headers.get(ADDRESS_HEADER) ?? undefined,
    requestId: requestId(),
    params,
  });
}

/** Adds to the line of the request that is being answered, if there is one. */
export function noteInAudit(notes: AuditNotes): void {
  currentCall()?.note(notes);
}

/** Keeps a run in the history, and what became of it in the line of its request. @returns when it is in the history */
export function keepRun(cluster: string, entry: HistoryEntry): Promise<void> {
  currentCall()?.note(notesOf(entry));
  return history().append(cluster, entry);
}

/** Keeps one of several statements that a request runs in the history, and as a line of the audit. */
export function keepStatement(cluster: string, entry: HistoryEntry): Promise<void> {
  const { statement: built, ...notes } = notesOf(entry);
  currentCall()?.statement({ ...notes, built }, OUTCOMES[entry.outcome]);
  return history().append(cluster, entry);
}

const OUTCOMES: Readonly<Record<HistoryEntry['outcome'], AuditOutcome>> = {
  complete: 'done',
  done: 'done',
  paused: 'done',
  schema_change: 'done',
  stopped: 'stopped',
  failed: 'failed',
};

function notesOf({ statement, consistency, rows, applied }: HistoryEntry) {
  return { statement, consistency, rows, ...(applied === undefined ? {} : { applied }) };
}
