import type { AuditEntry, AuditOutcome, SessionEnd } from '@/lib/contract/audit';
import { formatBytes, formatCount, plural } from '@/lib/text/format';

export const OUTCOME_WORDS: Readonly<Record<AuditOutcome, string>> = {
  begun: 'begun',
  done: 'done',
  stopped: 'stopped',
  refused: 'refused',
  failed: 'failed',
};

const SESSION_WORDS: Readonly<Record<SessionEnd, string>> = {
  time: 'of its time',
  user_removed: 'its user was removed',
  password: 'its user was given another password',
  provider: 'its identity provider did not renew it',
  admin: 'an admin ended it',
  role: 'Cassandra no longer accepts its role or password',
};

/** What a line says happened, in a few words. */
export function auditTitle({ event, endpoint = '', job, lost, outcome, more, ended = 'time' }: AuditEntry): string {
  switch (event) {
    case 'server':
      return outcome === 'begun' ? 'Ringside started' : 'Ringside stopped';
    case 'configuration':
      return outcome === 'done'
        ? 'The configuration file was taken'
        : 'The configuration file is not valid and was not taken';
    case 'session':
      return `A session ended because ${SESSION_WORDS[ended]}`;
    case 'token':
      return `An API token ended because ${SESSION_WORDS[ended]}`;
    case 'pass':
      return outcome === 'done' ? 'An emergency pass ended because its time was over' : 'An emergency pass was ended';
    case 'lost':
      return `${plural(lost?.lines ?? 0, 'line')} could not be written and ${lost?.lines === 1 ? 'is' : 'are'} missing here`;
    case 'job':
      return job === undefined ? 'A job' : `Job ${job.step}: ${job.kind} ${job.title}`;
    case 'begun':
      return `About to change something: ${endpoint}`;
    case 'statement':
      return `A statement of ${endpoint}`;
    case 'request':
      return more === undefined ? endpoint : `${formatCount(more)} more refusals like those in the minute before`;
    default:
      return event satisfies never;
  }
}

/** The numbers and places of a line, each in a few words. */
export function auditFacts(entry: AuditEntry): string[] {
  const { cluster, tables = [], rows, bytes, elapsedMs, consistency, coordinators = [], applied, error } = entry;
  const { way, address, attempted, lost, job, configuration, pass, approval, token, ofToken } = entry;
  return [
    token === undefined ? [] : `by token ${token.name}`,
    ofToken === undefined ? [] : `the token ${ofToken.name} of ${ofToken.person}`,
    attempted === undefined ? [] : `as ${attempted}`,
    address === undefined || address === '' ? [] : `from ${address}${way === undefined ? '' : ` (${way})`}`,
    cluster ?? [],
    tables.slice(0, 3),
    consistency ?? [],
    rows === undefined ? [] : plural(rows, 'row'),
    bytes === undefined ? [] : formatBytes(bytes),
    elapsedMs === undefined ? [] : `${formatCount(Math.round(elapsedMs))} ms`,
    coordinators.length === 0 ? [] : `coordinated by ${coordinators.slice(0, 3).join(', ')}`,
    applied === undefined ? [] : applied.replaceAll('_', ' '),
    pass === undefined ? [] : `emergency pass: ${pass.reason}`,
    approval === undefined ? [] : `asked for by ${approval.asker}: ${approval.state}`,
    error ?? [],
    job?.schedule === undefined ? [] : `schedule ${job.schedule}`,
    configuration?.keys ?? [],
    lost === undefined ? [] : lost.why,
  ].flat();
}
