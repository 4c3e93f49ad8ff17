import 'server-only';
import { randomUUID } from 'node:crypto';
import { type Applied, appliedAfter } from '@/lib/contract/applied';
import type { ApiError, ErrorCode } from '@/lib/contract/errors';
import type { HistoryEntry } from '@/lib/contract/history';
import type { Principal } from '@/lib/contract/principal';
import type { QueryRequest } from '@/lib/contract/reads';
import type { ScriptStatementEnd } from '@/lib/contract/scripts';
import { withoutPasswords } from '@/lib/cql/redact';

interface RecordedScript {
  readonly statements: readonly QueryRequest[];
  /** Of a statement that names none. */
  readonly consistency: string;
  readonly principal: Principal;
  /** Once aborted, the statement after the last end may have run. */
  readonly signal: AbortSignal;
  /** Receives the entry; it must not throw. */
  readonly keep: (entry: HistoryEntry) => void;
}

/** Why Ringside sends a statement to no node. */
const NOT_SENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['confirmation_required', 'read_only', 'invalid_request']);

/** The statements of one request for a script's, as one entry of the history: those that were sent. */
export async function* recordedScript(
  ends: AsyncGenerator<ScriptStatementEnd, void>,
  script: RecordedScript,
): AsyncGenerator<ScriptStatementEnd, void> {
  const [startedAt, at] = [performance.now(), new Date().toISOString()];
  const seen: ScriptStatementEnd[] = [];
  try {
    for await (const end of ends) {
      seen.push(end);
      yield end;
    }
  } finally {
    const begun = script.statements.slice(0, seen.length + (script.signal.aborted ? 1 : 0));
    const sent = begun.flatMap((request, index): Sent[] => {
      const error = seen[index]?.error;
      return error !== undefined && NOT_SENT.has(error.code) ? [] : [{ request, error }];
    });
    if (sent.length > 0) {
      const isShort = begun.length < script.statements.length;
      script.keep(entryOf(sent, { ...script, at, isShort, elapsedMs: performance.now() - startedAt }));
    }
  }
}

interface Sent {
  readonly request: QueryRequest;
  readonly error: ApiError | undefined;
}

type Begun = RecordedScript &
  Pick<HistoryEntry, 'at' | 'elapsedMs'> & {
    /** It was stopped: statements of the request were not sent. */
    readonly isShort: boolean;
  };

function entryOf(
  sent: readonly Sent[],
  { at, elapsedMs, consistency, principal, signal, isShort }: Begun,
): HistoryEntry {
  const texts = sent.map(({ request }) => withoutPasswords(request.statement));
  const failed = sent.findIndex(({ error }) => error !== undefined);
  const error = sent[failed]?.error;
  // Cassandra's message may quote the statement.
  const message = texts[failed]?.isRedacted ? 'not kept, because it may quote the password.' : error?.message;
  return {
    ...{ id: randomUUID(), at, who: principal.id, elapsedMs },
    statement: texts.map(({ text }) => `${text};`).join('\n'),
    isRedacted: texts.some(({ isRedacted }) => isRedacted),
    keyspace: sent[0]?.request.keyspace ?? null,
    consistency: sent[0]?.request.consistency ?? consistency,
    ...{ isWrite: true, cost: 'write', rows: 0, applied: appliedOf(sent, signal) },
    outcome: error !== undefined ? 'failed' : isShort || signal.aborted ? 'stopped' : 'done',
    ...(error === undefined ? {} : { message: `Statement ${failed + 1}: ${message}` }),
  };
}

/** One statement that is unknown, or was not applied, decides: that is what somebody looks for. */
function appliedOf(sent: readonly Sent[], { aborted }: AbortSignal): Applied {
  const found = new Set(sent.map(({ error }) => (error === undefined ? 'applied' : appliedAfter(error.code, false))));
  if (aborted || found.has('unknown')) return 'unknown';
  return found.has('not_applied') ? 'not_applied' : 'applied';
}
