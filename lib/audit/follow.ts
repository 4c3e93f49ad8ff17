import 'server-only';
import type { FoundConfiguration } from '@/lib/clusters/live-configuration';
import type { AuditEntry, AuditOutcome } from '@/lib/contract/audit';
import type { FollowedJob, JobFollower } from '@/lib/jobs/job-manager';
import type { ApiTokens, KnownApiToken } from '@/lib/sign-in/api-tokens';
import { principalOfPerson } from '@/lib/sign-in/person';
import type { Sessions } from '@/lib/sign-in/sessions';
import type { WebGate } from '@/lib/sign-in/web-gate';
import { newEntry, requestEntry } from './entry';
import type { ServerAudit } from './server-audit';

/** How often sessions are looked at that end because nobody uses them. */
const SESSIONS_EVERY_MS = 60_000;
/** A path that nobody has checked is kept no longer than this. */
const PATH_CHARACTERS = 300;

/** Jobs of these kinds change nothing in a cluster. */
const READING = new Set(['export', 'compare']);

/** Whether jobs of a kind change a cluster. */
export function isWriting(kind: string): boolean {
  return !READING.has(kind);
}

type Lines = Pick<ServerAudit, 'append' | 'announce' | 'config'>;

/** Every step of a job as a line. A job that writes is announced before it is created. */
export function jobsAudited(audit: Lines): JobFollower {
  return {
    before: async (step, job) => {
      const entry = jobEntry(step, job, audit);
      if (isWriting(job.kind)) await audit.announce(entry);
      else audit.append(entry);
    },
    after: (step, job) => audit.append(jobEntry(step, job, audit)),
  };
}

function jobEntry(step: string, job: FollowedJob, { config }: Lines): AuditEntry {
  const {
    id,
    kind,
    title,
    cluster,
    statement: built,
    consistency,
    schedule,
    owner,
    ownerName,
    rows,
    elapsedMs,
    error,
  } = job;
  const isOver = step === 'complete' || step === 'failed' || step === 'cancelled' || step === 'paused';
  const facts = requestEntry(
    {
      endpoint: { method: 'POST', path: '', records: 'call', right: 'none' },
      person: { person: ownerName ?? null, personId: owner },
      params: { cluster },
      input: undefined,
    },
    { built, consistency, ...(isOver && rows !== undefined ? { rows } : {}) },
    config,
  );
  return {
    ...newEntry({ event: 'job', outcome: outcomeOfStep(step) }),
    ...facts,
    endpoint: undefined,
    ...(isOver && elapsedMs !== undefined ? { elapsedMs } : {}),
    ...(error == null ? {} : { error: error.code }),
    job: { id, kind, step, title, ...(schedule === undefined ? {} : { schedule: schedule.name }) },
  };
}

function outcomeOfStep(step: string): AuditOutcome {
  switch (step) {
    case 'complete':
    case 'removed':
      return 'done';
    case 'cancelled':
    case 'paused':
      return 'stopped';
    case 'failed':
      return 'failed';
    default:
      return 'begun';
  }
}

const REFUSALS = { 401: 'signed_out', 403: 'forbidden_origin', 429: 'too_many_attempts' } as const;

/** A person, and which of their API tokens. */
function whoseToken({ id, name, person }: KnownApiToken) {
  const { id: personId } = principalOfPerson(person);
  return { person: person.name, personId, way: person.way, token: { id, name } };
}

/** The gate, with a line for everybody whom it refuses. */
export function gateAudited(gate: WebGate, audit: Lines | null): WebGate {
  if (audit === null) return gate;
  return {
    ...gate,
    enter: async (asked) => {
      const entry = await gate.enter(asked);
      if (entry.kind !== 'refuse') return entry;
      const { method, path, address, requestId } = asked;
      audit.append({
        ...newEntry({ event: 'request', outcome: 'refused', address }),
        ...(entry.token === undefined ? { person: null } : whoseToken(entry.token)),
        ...(requestId === undefined ? {} : { requestId }),
        endpoint: `${method} ${path}`.slice(0, PATH_CHARACTERS),
        error: REFUSALS[entry.status],
      });
      return entry;
    },
  };
}

/** Says that the configuration file was taken or refused, and which of its keys changed. */
export function configurationAudited(audit: Pick<Lines, 'append'> | null, { isTaken, keys }: FoundConfiguration): void {
  audit?.append({
    ...newEntry({ event: 'configuration', person: null, outcome: isTaken ? 'done' : 'refused' }),
    ...(isTaken ? {} : { error: 'invalid_request' }),
    configuration: { keys: [...keys] },
  });
}

interface FollowedSignIn {
  readonly sessions: Pick<Sessions, 'forgetEnded' | 'heardBy'>;
  readonly tokens: Pick<ApiTokens, 'heardBy'> | null;
}

/** Says which sessions and API tokens have ended although their person did not end them, until the process ends. */
export function sessionsAudited({ sessions, tokens }: FollowedSignIn, audit: Pick<Lines, 'append'>): void {
  tokens?.heardBy((token) => {
    const { ended } = token;
    if (ended === null || ended === 'revoked') return;
    audit.append({ ...newEntry({ event: 'token', outcome: 'done', ended }), ...whoseToken(token) });
  });
  sessions.heardBy(({ person, address }, ended) => {
    const { id: personId } = principalOfPerson(person);
    const who = { person: person.name, personId, way: person.way, address };
    audit.append({ ...newEntry({ event: 'session', outcome: 'done', ended }), ...who });
  });
  setInterval(() => {
    sessions.forgetEnded().catch((error: unknown) => console.error('Audit: the sessions were not looked at.', error));
  }, SESSIONS_EVERY_MS).unref();
}
