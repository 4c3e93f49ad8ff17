import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { queryRequestSchema } from '@/lib/contract/reads';
import { readTrace } from '../client/trace';
import { planQuery } from '../read/query-plan';
import { openRead } from '../read/reads';
import { NODES } from '../test-ring';
import { failureOf, openQuery, pagesOf, runQuery, testBed } from '../test-support';
import { openWrite } from './writes';

const KEYSPACE = 'ringside_writes_test';
const MANY = 'ringside_writes_many';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.counts (k int PRIMARY KEY, n counter)`,
    `CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, v int)`,
    `DROP KEYSPACE IF EXISTS ${MANY}`,
    `CREATE KEYSPACE ${MANY} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 5}`,
    `CREATE TABLE ${MANY}.t (k int PRIMARY KEY, v int)`,
  ],
);

const confirmed = (statement: string) => ({ statement, confirm: { statement } });
const planOf = (statement: string) => planQuery(cluster, queryRequestSchema.parse(confirmed(statement)));
const count = async (k: number) => {
  const { rows } = await plain.execute(`SELECT n FROM ${KEYSPACE}.counts WHERE k = ${k}`);
  return rows.length === 0 ? null : String(rows[0]?.get('n'));
};
const add = (k: number) => `UPDATE ${KEYSPACE}.counts SET n = n + 1 WHERE k = ${k}`;

describe('a statement that writes', () => {
  it('is executed when its page is taken, and once', async () => {
    const run = await openWrite(await planOf(add(1)), ANONYMOUS);
    expect(await count(1)).toBeNull();
    const pages = await pagesOf(run);
    expect(pages).toMatchObject([{ rows: 0, columns: null, endsPage: true, frame: { index: 0, cursor: null } }]);
    expect(await pagesOf(run)).toEqual([]);
    expect(await count(1)).toBe('1');
  });

  it('is not sent when nobody waits for it any more', async () => {
    const gone = new AbortController();
    const run = await openWrite(await planOf(add(2)), ANONYMOUS, gone.signal);
    gone.abort(new Error('gone'));
    await expect(pagesOf(run)).rejects.toThrow('gone');
    expect(await count(2)).toBeNull();
  });

  it('can never be read: reads are retried', async () => {
    await expect(openRead(await planOf(add(3)), ANONYMOUS)).rejects.toThrow('must not be read');
    expect(await count(3)).toBeNull();
  });

  it('takes no cursor, which would send it a second time', async () => {
    const select = `SELECT k FROM ${KEYSPACE}.t`;
    for (const k of [1, 2]) await plain.execute(`INSERT INTO ${KEYSPACE}.t (k, v) VALUES (${k}, 1)`);
    const [page] = await runQuery(cluster, { statement: select, pageRows: 1 });
    const cursor = page?.frame.cursor;
    if (cursor == null) throw new Error('no cursor');
    const failure = await failureOf(runQuery(cluster, { ...confirmed(add(4)), cursor }));
    expect(failure.code).toBe('cursor_refused');
    expect(await count(4)).toBeNull();
  });

  // Fewer than three nodes cannot accept what five replicas must.
  it.runIf(NODES.length >= 3)('may have been accepted by Paxos when its commit lacks replicas', async () => {
    const insert = confirmed(`INSERT INTO ${MANY}.t (k, v) VALUES (9, 1) IF NOT EXISTS`);
    const failure = await failureOf(runQuery(cluster, { ...insert, consistency: 'ALL' }));
    expect(failure).toMatchObject({ code: 'not_enough_replicas', retryable: false });
    expect(failure.message).toContain('whether it was applied is unknown');
    const read = { statement: `SELECT v FROM ${MANY}.t WHERE k = 9`, consistency: 'SERIAL' as const };
    expect((await runQuery(cluster, read))[0]?.rows).toBe(1);
  });

  it('is not sent again by the driver, as a read is', async () => {
    const client = await cluster.client();
    let retries = 0;
    const counted: unknown = Reflect.get(Reflect.get(client, 'metrics'), 'retries');
    if (!(counted instanceof EventEmitter)) throw new Error('the driver counts no retries');
    counted.on('increment', () => {
      retries++;
    });
    const asked = { consistency: 'ALL' as const };
    expect(
      (await failureOf(runQuery(cluster, { statement: `SELECT v FROM ${MANY}.t WHERE k = 1`, ...asked }))).code,
    ).toBe('not_enough_replicas');
    expect(retries).toBe(1);
    const insert = confirmed(`INSERT INTO ${MANY}.t (k, v) VALUES (1, 1)`);
    expect((await failureOf(runQuery(cluster, { ...insert, ...asked }))).code).toBe('not_enough_replicas');
    expect(retries).toBe(1);
    await plain.execute(`DROP KEYSPACE ${MANY}`);
  });

  it('changes the schema, and knows which nodes have taken it over', async () => {
    const create = confirmed(`CREATE TABLE ${KEYSPACE}.made (k int PRIMARY KEY)`);
    const [page] = await pagesOf(await openQuery(cluster, create));
    const nodes = NODES.length;
    expect(page?.agreement).toEqual({ nodes, agreed: nodes, differing: [], silent: [] });
    const [insert] = await runQuery(cluster, confirmed(`INSERT INTO ${KEYSPACE}.made (k) VALUES (1)`));
    expect(insert).not.toHaveProperty('agreement');
  });

  it('waits for no read, and has a trace like one', async () => {
    const run = await openQuery(cluster, { ...confirmed(add(5)), trace: true });
    const [page] = await pagesOf(run);
    expect(run.waitsFor()).toBeNull();
    const [trace] = page?.frame.traces ?? [];
    expect((await readTrace(cluster, trace?.id ?? '', run.signal)).coordinator).not.toBeNull();
  });
});
