import { beforeAll, describe, expect, it } from 'vitest';
import type { QueryRequest } from '@/lib/contract/reads';
import { HAS_5_0 } from '@/lib/test-release';
import { compilePlan } from '@/lib/wire/plan';
import { TextSink } from '@/lib/wire/sink';
import { readTrace } from '../client/trace';
import { readSchema } from '../schema/schema';
import { failureOf, openQuery, pagesOf, runQuery, testBed } from '../test-support';
import type { ReadPage } from './reads';
import { planTable } from './table-plan';

const KEYSPACE = 'ringside_statements_test';
const SECOND = 'ringside_statements_two';
const QUOTED = '"Ringside_Quoted"';
const { cluster, plain } = testBed(
  [KEYSPACE, SECOND, QUOTED],
  [
    `CREATE TABLE ${KEYSPACE}.t (id bigint PRIMARY KEY, a int, b text, tags set<text>)`,
    `INSERT INTO ${KEYSPACE}.t (id, a, b) VALUES (9223372036854775807, 1, 'first keyspace')`,
    `CREATE TABLE ${SECOND}.t (id bigint PRIMARY KEY, a int, b text, tags set<text>)`,
    `INSERT INTO ${SECOND}.t (id, a, b) VALUES (9223372036854775807, 2, 'second keyspace')`,
    `CREATE TABLE ${QUOTED}."Select" ("select" int, "Größe in "" m" text, PRIMARY KEY ("select"))`,
    `INSERT INTO ${QUOTED}."Select" ("select", "Größe in "" m") VALUES (1, 'größer')`,
    ...(HAS_5_0
      ? [
          `CREATE TABLE ${KEYSPACE}.vectors (id int PRIMARY KEY, v vector<float, 2>)`,
          `CREATE INDEX ON ${KEYSPACE}.vectors (v) USING 'sai'`,
          `INSERT INTO ${KEYSPACE}.vectors (id, v) VALUES (1, [0.5, 0.5])`,
        ]
      : []),
  ],
);

const run = (asked: QueryRequest) => runQuery(cluster, asked);
const refusal = (statement: string, more: Partial<QueryRequest> = {}) => failureOf(run({ statement, ...more }));

function valuesOf(pages: readonly ReadPage[]): unknown[][] {
  const sink = new TextSink();
  for (const page of pages) {
    if (page.columns !== null) compilePlan(page.columns, 'ndjson-array').writePage(page.body, 0, page.rows, sink);
  }
  const lines = new TextDecoder().decode(sink.take()).split('\n').slice(0, -1);
  return lines.map((line): unknown[] => JSON.parse(line));
}

beforeAll(() => readSchema(cluster, { fresh: true }));

describe('a statement that fails', () => {
  it.each<[string, string, object]>([
    ['with its position', 'SELECT *\nFORM t', { code: 'syntax_error', position: { line: 2, column: 0 } }],
    ['for an unknown table', 'SELECT * FROM nowhere', { code: 'invalid_statement' }],
    ['for an unknown keyspace', 'SELECT * FROM nowhere.t', { code: 'invalid_statement' }],
    ['for an unknown column', 'SELECT nothing FROM t', { code: 'invalid_statement' }],
    ['without ALLOW FILTERING', "SELECT * FROM t WHERE b = 'x'", { code: 'invalid_statement' }],
    ['for a table that already exists', 'CREATE TABLE t (k int PRIMARY KEY)', { code: 'already_exists' }],
    ['for a type that does not fit', "INSERT INTO t (id, a) VALUES (1, 'x')", { code: 'invalid_statement' }],
  ])('is reported %s', async (_, statement, failure) => {
    expect(await refusal(statement, { keyspace: KEYSPACE })).toMatchObject(failure);
  });

  it('has the server’s own message', async () => {
    const { message, detail } = await refusal(`SELECT nothing FROM ${KEYSPACE}.t`);
    expect(message).toContain('nothing');
    expect(detail).toContain('nothing');
  });

  it('for lack of replicas says so', async () => {
    await plain.execute(`CREATE KEYSPACE IF NOT EXISTS ringside_statements_many WITH replication =
      {'class': 'SimpleStrategy', 'replication_factor': 5}`);
    await plain.execute('CREATE TABLE IF NOT EXISTS ringside_statements_many.t (k int PRIMARY KEY)');
    const statement = 'SELECT * FROM ringside_statements_many.t WHERE k = 1';
    expect(await refusal(statement, { consistency: 'ALL' })).toMatchObject({ code: 'not_enough_replicas' });
    await plain.execute('DROP KEYSPACE ringside_statements_many');
  });

  it('for an unknown chosen keyspace is not blamed on the cluster', async () => {
    expect((await refusal('SELECT * FROM t', { keyspace: 'nowhere' })).code).toBe('not_found');
    expect(cluster.health().status).toBe('connected');
  });
});

describe('a statement without rows', () => {
  it('is void for a write and a schema change for DDL', async () => {
    const kindOf = async (statement: string) => {
      const read = await openQuery(cluster, { statement, confirm: { statement, name: 'gone' } });
      const [page] = await pagesOf(read);
      if (page === undefined) throw new Error('no page');
      expect([page.columns, page.rows, page.frame.cursor]).toEqual([null, 0, null]);
      expect(read.header(page).columns).toEqual([]);
      return read.resultKind(page);
    };
    expect(await kindOf(`INSERT INTO ${KEYSPACE}.t (id, b) VALUES (5, 'five')`)).toBe('void');
    expect(await kindOf(`CREATE TABLE ${KEYSPACE}.gone (k int PRIMARY KEY)`)).toBe('schema_change');
    expect(await kindOf(`DROP TABLE ${KEYSPACE}.gone`)).toBe('schema_change');
  });

  it('is distinct from a conditional write, which returns whether it was applied', async () => {
    const insert = `INSERT INTO ${KEYSPACE}.t (id, b) VALUES (77, 'once') IF NOT EXISTS`;
    const once = await run({ statement: insert, serialConsistency: 'LOCAL_SERIAL' });
    expect([once[0]?.columns?.map(({ name }) => name), valuesOf(once)]).toEqual([['[applied]'], [[true]]]);
    const again = await run({ statement: insert });
    expect(again[0]?.columns?.map(({ name }) => name)).toContain('b');
    expect(valuesOf(again)[0]?.slice(0, 2)).toEqual([false, '77']);
  });
});

describe('the consistency level SERIAL', () => {
  const one = `SELECT b FROM ${KEYSPACE}.t WHERE id = 9223372036854775807`;

  it.each(['SERIAL', 'LOCAL_SERIAL'] as const)('%s reads one partition', async (consistency) => {
    const [page] = await run({ statement: one, consistency });
    expect(page).toMatchObject({ rows: 1, consistency });
  });

  it.each([
    ['all partitions', `SELECT b FROM ${KEYSPACE}.t`, 'Cassandra would silently run it without Paxos'],
    [
      'several partitions',
      `SELECT b FROM ${KEYSPACE}.t WHERE id IN (1, 2)`,
      'Cassandra would silently run it without Paxos',
    ],
    ['a write', `INSERT INTO ${KEYSPACE}.t (id, b) VALUES (6, 'six')`, 'is a consistency level for reads'],
    [
      'a conditional write',
      `INSERT INTO ${KEYSPACE}.t (id, b) VALUES (6, 'six') IF NOT EXISTS`,
      'is a consistency level for reads',
    ],
  ])('is refused for %s, and nothing is sent', async (_, statement, message) => {
    const refused = await refusal(statement, { consistency: 'SERIAL' });
    expect(refused).toMatchObject({ code: 'invalid_request', option: 'consistency' });
    expect(refused.message).toContain(message);
    expect(await run({ statement: `SELECT b FROM ${KEYSPACE}.t WHERE id = 6` })).toMatchObject([{ rows: 0 }]);
  });

  it('for rows and exports depends on their statement', async () => {
    const name = { keyspace: KEYSPACE, table: 't' };
    const filters = [{ column: 'id', operator: '=', value: '5' } as const];
    await expect(planTable(cluster, name, { consistency: 'SERIAL' })).rejects.toThrow('reads one partition at a time');
    expect(await planTable(cluster, name, { consistency: 'SERIAL', filters })).toMatchObject({ consistency: 'SERIAL' });
  });
});

describe('the keyspace', () => {
  it('belongs to the request: two at the same time do not mix', async () => {
    const statement = 'SELECT b FROM t';
    const asked = Array.from({ length: 20 }, (_, at) => (at % 2 ? KEYSPACE : SECOND));
    const answers = await Promise.all(
      asked.map(async (keyspace) => valuesOf(await run({ statement, keyspace, maxPages: 0 }))),
    );
    for (const [at, keyspace] of asked.entries()) {
      const [expected, other] =
        keyspace === KEYSPACE ? ['first keyspace', 'second keyspace'] : ['second keyspace', 'first keyspace'];
      expect(answers[at]).toContainEqual([expected]);
      expect(answers[at]).not.toContainEqual([other]);
    }
    expect(await refusal(statement)).toMatchObject({ code: 'invalid_statement' });
  });

  it('cannot be chosen with USE, however it is written', async () => {
    for (const statement of [`USE ${KEYSPACE}`, `-- x\nuse "${KEYSPACE}"`, `/* SELECT */ USE ${KEYSPACE};`]) {
      expect(await refusal(statement)).toMatchObject({ code: 'invalid_request' });
    }
    expect(await refusal('SELECT b FROM t')).toMatchObject({ code: 'invalid_statement' });
  });

  it('stays open for a read while others use more keyspaces than are kept', async () => {
    const keyspaces = ['system', 'system_auth', 'system_schema', 'system_traces', 'system_distributed', SECOND];
    const inserts = Array.from({ length: 30 }, (_, id) =>
      plain.execute(`INSERT INTO ${KEYSPACE}.t (id) VALUES (${id})`),
    );
    await Promise.all(inserts);
    const { pages } = await openQuery(cluster, {
      statement: 'SELECT id FROM t',
      keyspace: KEYSPACE,
      pageRows: 5,
      maxPages: 0,
    });
    const iterator = pages[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    for (const keyspace of [...keyspaces, 'system_virtual_schema', 'system_views']) {
      await runQuery(cluster, { statement: 'SELECT key FROM system.local', keyspace });
    }
    let rows = 10;
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) rows += step.value.rows;
    expect(rows).toBeGreaterThanOrEqual(30);
  });
});

describe('values', () => {
  const statement = `SELECT id, a FROM ${KEYSPACE}.t WHERE id = :id AND a >= :least ALLOW FILTERING`;

  it('are bound by position and by name, to the last digit', async () => {
    const rows = [['9223372036854775807', 1]];
    expect(valuesOf(await run({ statement, params: ['9223372036854775807', 0] }))).toEqual(rows);
    expect(valuesOf(await run({ statement, params: { least: 0, id: '9223372036854775807' } }))).toEqual(rows);
    expect(valuesOf(await run({ statement, params: ['9223372036854775806', 0] }))).toEqual([]);
  });

  it.each<[string, NonNullable<QueryRequest['params']>, RegExp]>([
    ['too few', ['1'], /2 bind markers and 1 values/],
    ['too many', ['1', 0, 0], /2 bind markers and 3 values/],
    ['without a name', { id: '1' }, /no value for the bind marker “least”/],
    ['out of range', ['9223372036854775808', 0], /^id: /],
    ['of another type', ['1', 'much'], /^least: /],
  ])('are refused when they are %s', async (_, params, message) => {
    const failure = await refusal(statement, { params });
    expect(failure).toMatchObject({ code: 'invalid_request' });
    expect(failure.message).toMatch(message);
  });
});

describe('names', () => {
  it('in quotes and in any script arrive unchanged', async () => {
    const asked = { statement: `SELECT "select", "Größe in "" m" FROM "Select"`, keyspace: 'Ringside_Quoted' };
    const pages = await run(asked);
    expect(pages[0]?.columns?.map(({ name }) => name)).toEqual(['select', 'Größe in " m']);
    expect(valuesOf(pages)).toEqual([[1, 'größer']]);
    const qualified = await run({
      statement: `SELECT * FROM ${QUOTED}."Select" WHERE "select" = ?`,
      params: [1],
    });
    expect(valuesOf(qualified)).toEqual([[1, 'größer']]);
  });

  it('shared by two columns both arrive', async () => {
    const pages = await run({ statement: `SELECT id AS x, b AS x FROM ${SECOND}.t` });
    expect(pages[0]?.columns?.map(({ name }) => name)).toEqual(['x', 'x']);
    expect(valuesOf(pages)).toEqual([['9223372036854775807', 'second keyspace']]);
  });
});

describe('besides the rows', () => {
  it('the server’s warnings reach the page', async () => {
    const pages = await run({ statement: `SELECT count(*) FROM ${KEYSPACE}.t` });
    expect(pages[0]?.frame.warnings.join()).toContain('Aggregation query used without partition key');
  });

  it.runIf(HAS_5_0)('the consistency is the one in effect', async () => {
    const statement = `SELECT id FROM ${KEYSPACE}.vectors ORDER BY v ANN OF [0.5, 0.4] LIMIT 1`;
    const [page] = await run({ statement, consistency: 'QUORUM' });
    expect(page?.frame.consistency).toBe('ONE');
    expect((await run({ statement: `SELECT id FROM ${KEYSPACE}.t`, consistency: 'QUORUM' }))[0]?.consistency).toBe(
      'QUORUM',
    );
  });

  it('a trace is available', async () => {
    const read = await openQuery(cluster, { statement: `SELECT * FROM ${KEYSPACE}.t`, trace: true });
    const [page] = await pagesOf(read);
    const [{ id: traceId } = { id: '' }] = page?.traces ?? [];
    // A page may take several requests.
    const traces = page?.frame.traces ?? [];
    expect(traces.map(({ id }) => id)).toEqual(page?.traces.map(({ id }) => id));
    expect(traces.reduce((sum, { rows }) => sum + rows, 0)).toBe(page?.rows);
    const trace = await readTrace(cluster, traceId, read.signal);
    expect(trace.durationMicros).toBeGreaterThan(0);
    expect(trace.events.map(({ activity }) => activity).join()).toContain('Parsing SELECT');
    expect((await run({ statement: `SELECT * FROM ${KEYSPACE}.t` }))[0]?.traces).toEqual([]);
  });
});
