import { AUDIT_OUTCOMES, type AuditFilter, type AuditOutcome } from '@/lib/contract/audit';

/** What the audit page keeps in its address. An empty text looks for nothing. */
export interface AuditAddress {
  readonly person: string;
  readonly table: string;
  readonly text: string;
  /** Null: any. */
  readonly outcome: AuditOutcome | null;
  /** ISO 8601 UTC. Null: without a bound. */
  readonly since: string | null;
  readonly until: string | null;
  /** Only what was done on the cluster of the page; sign-ins and the like are of no cluster. */
  readonly here: boolean;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** Whether a text is a time as the address has it. */
export function isAuditTime(text: string): boolean {
  return TIME.test(text) && !Number.isNaN(Date.parse(text));
}

export function readAuditAddress(search: string): AuditAddress {
  const given = new URLSearchParams(search);
  const text = (name: string) => given.get(name) ?? '';
  const time = (name: string) => (isAuditTime(text(name)) ? text(name) : null);
  return {
    person: text('person'),
    table: text('table'),
    text: text('text'),
    outcome: AUDIT_OUTCOMES.find((name) => name === text('outcome')) ?? null,
    since: time('since'),
    until: time('until'),
    here: text('here') === 'true',
  };
}

/** The query string with `change` in it; what is not of the audit stays. */
export function writeAuditAddress(search: string, change: Partial<AuditAddress>): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === '' || value === false) next.delete(name);
    else next.set(name, String(value));
  }
  return next.toString();
}

/** What is looked for, as the API takes it. */
export function auditFilterOf(cluster: string, address: AuditAddress): AuditFilter {
  const { person, table, text, outcome, since, until, here } = address;
  const whole = (time: string) => new Date(time).toISOString();
  return {
    ...(here ? { cluster } : {}),
    ...(person.trim() === '' ? {} : { person: person.trim() }),
    ...(table.trim() === '' ? {} : { table: table.trim() }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(outcome === null ? {} : { outcome }),
    ...(since === null ? {} : { since: whole(since) }),
    ...(until === null ? {} : { until: whole(until) }),
  };
}
