import { types } from 'cassandra-driver';
import { expect, describe as group, it } from 'vitest';
import { rowCopiesResponseSchema } from '@/lib/contract/row-copies';
import { failureOf, REPLICAS, testBed } from '../test-support';
import { readRowCopies } from './row-copies';

const KEYSPACE = 'ringside_copies_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t ("K" text, c int, s text static, v bigint, tags set<text>, gone int, PRIMARY KEY ("K", c))`,
    `CREATE TABLE ${KEYSPACE}.counts (k text PRIMARY KEY, n counter)`,
  ],
);
const ask = async (table: string, key: Record<string, string | number | null>) =>
  rowCopiesResponseSchema.parse(
    await readRowCopies(cluster, { keyspace: KEYSPACE, table }, { key }, new AbortController().signal),
  );
const consistency = types.consistencies.all;

group('the copies of a row', () => {
  it('come from each replica, with write times and the node that really answered', async () => {
    const at = 1_700_000_000_123_456n;
    await plain.execute(
      `INSERT INTO ${KEYSPACE}.t ("K", c, s, v, tags) VALUES ('it''s', 1, 'static', 9007199254740993, {'x'}) USING TIMESTAMP ${at} AND TTL 5000`,
      [],
      { consistency },
    );
    const found = await ask('t', { K: "it's", c: 1 });
    expect(found.copies.map(({ node }) => node)).toEqual(found.replicas);
    expect(found.replicas).toHaveLength(REPLICAS);
    expect(found.statement).toContain(`WHERE "K" = 'it''s' AND c = 1`);
    const names = found.columns.map(({ name }) => name);
    for (const { cells, error, trace } of found.copies) {
      expect(error).toBeUndefined();
      expect(trace?.id).toBeTruthy();
      const cell = (name: string) => cells?.[names.indexOf(name)];
      expect(cell('v')).toMatchObject({ value: '9007199254740993', writeTimeMicros: String(at) });
      expect(cell('v')?.ttlSeconds).toBeGreaterThan(0);
      expect(cell('s')).toMatchObject({ value: 'static', writeTimeMicros: String(at) });
      expect(cell('tags')?.value).toEqual(['x']);
      expect(cell('gone')).toEqual({ value: null, writeTimeMicros: null, ttlSeconds: null });
      expect(cell('K')).toEqual({ value: "it's", writeTimeMicros: null, ttlSeconds: null });
    }
  });

  it('name the node that read the data, once the trace is complete', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t ("K", c, v) VALUES ('traced', 1, 1)`, [], { consistency });
    // Nodes write traces after they respond, later if they are busy.
    await expect
      .poll(async () => (await ask('t', { K: 'traced', c: 1 })).copies.every(({ servedBy }) => servedBy.length > 0), {
        timeout: 60_000,
      })
      .toBe(true);
  });

  it('of a row that does not exist are empty, not missing', async () => {
    const { copies } = await ask('t', { K: 'nobody', c: 1 });
    expect(copies.map(({ cells }) => cells)).toEqual(Array.from({ length: REPLICAS }, () => []));
  });

  it('of a partition without rows are the static values', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t ("K", s) VALUES ('static', 'only')`, [], { consistency });
    const { columns, copies } = await ask('t', { K: 'static', c: null });
    expect(columns.map(({ name }) => name)).toEqual(['K', 's']);
    expect(copies[0]?.cells?.[1]).toMatchObject({ value: 'only', writeTimeMicros: expect.stringMatching(/^\d+$/) });
  });

  it('have counters without write times', async () => {
    await plain.execute(`UPDATE ${KEYSPACE}.counts SET n = n + 7 WHERE k = 'a'`, [], { consistency });
    const { columns, copies } = await ask('counts', { k: 'a' });
    expect(columns[1]?.ageless).toMatch(/counter/);
    expect(copies[0]?.cells?.[1]).toEqual({ value: '7', writeTimeMicros: null, ttlSeconds: null });
  });

  it('need the full key of an existing table', async () => {
    expect(await failureOf(ask('t', { c: 1 }))).toMatchObject({ message: 'The primary key also needs K.' });
    expect(await failureOf(ask('nothing', { K: 'a' }))).toMatchObject({ code: 'not_found' });
  });
});
