import { describe, expect, it } from 'vitest';
import { auditEntrySchema } from '@/lib/contract/audit';
import type { Endpoint, Endpoints } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { mayWrite, outcomeOfError, requestEntry } from './entry';

const KEEP = { literals: 'keep', parameters: 'redact' } as const;
const asked = (endpoint: Endpoint, input: unknown, params: Readonly<Record<string, string>> = { cluster: 'demo' }) => ({
  ...{ endpoint, input, params },
  person: { person: 'anna', personId: 'person-1', way: 'local' },
});

describe('what may write', () => {
  it.each([
    [endpoints.query.post, { statement: 'SELECT * FROM k.t' }, false],
    [endpoints.query.post, { statement: 'INSERT INTO k.t (a) VALUES (1)' }, true],
    [endpoints.query.post, { statement: 'what is this' }, true],
    [endpoints.each.post, { statement: 'SELECT * FROM k.t WHERE a = ?' }, false],
    [endpoints.each.post, { statement: 'DELETE FROM k.t WHERE a = ?' }, true],
    [endpoints.script.post, { statements: [] }, true],
    [endpoints.mutationRun.post, { token: 'x' }, true],
    [endpoints.loadStart.post, { token: 'x' }, true],
    [endpoints.rows.get, {}, false],
    [endpoints.download.post, { keyspace: 'k', table: 't' }, false],
    [endpoints.signIn.post, {}, false],
  ] as const)('%#', (endpoint, input, may) => {
    expect(mayWrite({ endpoint, input })).toBe(may);
  });

  it('is nothing that only reads', () => {
    const all = Object.values<Endpoints>(endpoints).flatMap((address): Endpoint[] => Object.values(address));
    const reads = /^(none|see .*|read (table|traces)|export (any )?(cluster|source|table))$/;
    const runs = [endpoints.job.post, endpoints.schedule.post, endpoints.approval.post] as readonly Endpoint[];
    for (const endpoint of all.filter(({ right }) => [right].flat().every((one) => reads.test(one)))) {
      if (runs.includes(endpoint)) continue;
      expect(mayWrite({ endpoint, input: {} })).toBe(false);
    }
  });
});

describe('the line of a request', () => {
  it('says what was asked of which tables', () => {
    const input = { statement: "DELETE FROM t WHERE a = 'x'", keyspace: 'k', params: ['secret'] };
    const entry = requestEntry(asked(endpoints.query.post, input), { rows: 0, coordinators: ['::1', '::1'] }, KEEP);
    expect(entry).toEqual({
      ...{ person: 'anna', personId: 'person-1', way: 'local', cluster: 'demo' },
      endpoint: 'POST /api/clusters/{cluster}/query',
      tables: ['k.t'],
      statement: "DELETE FROM t WHERE a = 'x'",
      input: { keyspace: 'k', params: '•••' },
      rows: 0,
      coordinators: ['::1'],
    });
  });

  it('hides the values in a statement that Ringside has built, as it hides parameters', () => {
    const request = asked(endpoints.rows.get, {}, { cluster: 'demo', keyspace: 'k', table: 't' });
    const built = { built: "SELECT * FROM k.t WHERE a = 'x'" };
    expect(requestEntry(request, built, KEEP)).toMatchObject({
      ...{ names: { keyspace: 'k', table: 't' }, tables: ['k.t'] },
      statement: "SELECT * FROM k.t WHERE a = '•••'",
    });
    expect(requestEntry(request, built, { ...KEEP, parameters: 'keep' }).statement).toBe(built.built);
  });

  it('of a script has all its statements and tables', () => {
    const statements = [{ statement: 'DROP TABLE k.a' }, { statement: "CREATE USER b WITH PASSWORD 'x'" }];
    const entry = requestEntry(asked(endpoints.script.post, { statements }), {}, KEEP);
    expect(entry.tables).toContain('k.a');
    expect(entry.statement).toBe("DROP TABLE k.a;\nCREATE USER b WITH PASSWORD '•••';");
  });

  it('keeps neither input nor password of an endpoint whose input may be secret', () => {
    const input = { name: 'anna', password: 'hunter2' };
    const entry = requestEntry(asked(endpoints.signIn.post, input, {}), { attempted: 'anna' }, KEEP);
    expect(JSON.stringify(entry)).not.toContain('hunter2');
    expect(entry).toMatchObject({ attempted: 'anna' });
    expect(auditEntrySchema.safeParse({ ...entry, id: '1', time: '', event: 'request', outcome: 'done' }).success).toBe(
      true,
    );
  });
});

it.each([
  ['read_only', 'refused'],
  ['unauthorized', 'refused'],
  ['sign_in_refused', 'refused'],
  ['server_stopping', 'stopped'],
  ['read_timeout', 'failed'],
] as const)('%s is %s', (code, outcome) => {
  expect(outcomeOfError(code)).toBe(outcome);
});
