import { expect, describe as group, it } from 'vitest';
import type { FindRequest, Found } from '@/lib/contract/tables';
import { countAnswers, failureOf, insertAll, testBed } from '../test-support';
import { findIndexes } from './find-indexes';
import { findTable } from './find-places';
import { findTombstones } from './find-tombstones';
import { findWide } from './find-wide';

const KEYSPACE = 'ringside_find_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.wide ("Key" text, c int, v text, PRIMARY KEY ("Key", c))`,
    `CREATE TABLE ${KEYSPACE}.events (sensor int, at timestamp, v text, PRIMARY KEY (sensor, at))`,
    `CREATE TABLE ${KEYSPACE}.deleted (k int, c int, v text, PRIMARY KEY (k, c))`,
    `CREATE TABLE ${KEYSPACE}.clean (k int, c int, v text, PRIMARY KEY (k, c))`,
    `CREATE TABLE ${KEYSPACE}.indexed (k int, c int, email text, kind text, tags set<text>, PRIMARY KEY (k, c))`,
    `CREATE INDEX ON ${KEYSPACE}.indexed (email)`,
    `CREATE INDEX ON ${KEYSPACE}.indexed (kind)`,
    `CREATE INDEX ON ${KEYSPACE}.indexed (tags)`,
  ],
);
const ALWAYS = new AbortController().signal;

async function ended(search: AsyncGenerator<Found, Found>): Promise<{ found: Found; steps: Found[] }> {
  const steps: Found[] = [];
  for (;;) {
    const step = await search.next();
    if (step.done) return { found: step.value, steps };
    steps.push(step.value);
  }
}

async function wide(table: string, request: Partial<FindRequest> = {}) {
  const target = await findTable(cluster, { keyspace: KEYSPACE, table });
  return ended(findWide(cluster, target, { what: 'wide', ...request }, ALWAYS));
}

async function tombstones(table: string, request: Partial<FindRequest> = {}) {
  const target = await findTable(cluster, { keyspace: KEYSPACE, table });
  return ended(findTombstones(cluster, target, { what: 'tombstones', ...request }, ALWAYS));
}

const insertWide = () =>
  insertAll(plain, `INSERT INTO ${KEYSPACE}.wide ("Key", c, v) VALUES (?, ?, ?)`, [
    ...Array.from({ length: 3_000 }, (_, c) => ['huge', c, 'x'.repeat(100)]),
    ...Array.from({ length: 300 }, (_, at) => [`k${at}`, 1, 'x']),
  ]);

group('the finder of wide partitions', () => {
  it('finds the widest of a table that the budget covers, with its rows to the letter', async () => {
    await insertWide();
    const { found } = await wide('wide', { seconds: 60 });
    expect(found).toMatchObject({ ended: 'whole', what: 'wide' });
    expect(found.spent).toMatchObject({ share: 1, partitions: 301, begun: 32, places: 32, failures: [] });
    expect(found.widest[0]).toMatchObject({ key: { Key: 'huge' }, rows: 3_000, isWhole: true });
    const [widest, second] = found.widest;
    expect(widest?.bytesPerRow).toBeGreaterThan(100);
    expect(widest?.bytesPerRow).toBeLessThan(200);
    expect(second).toMatchObject({ rows: 1, isWhole: true });
    expect(found.noAdvice).toContain('ordered by c');
  });

  it('requests nothing beyond its rows, and says what share of the ring that showed', async () => {
    await insertWide();
    const { found } = await wide('wide', { rows: 60, places: 8 });
    expect(found.ended).toBe('rows');
    expect(found.spent.rows).toBeLessThanOrEqual(60);
    expect(found.spent.share).toBeGreaterThan(0);
    expect(found.spent.share).toBeLessThan(0.6);
    // A partition that was cut off says so.
    for (const { rows, isWhole } of found.widest) if (rows >= 3) expect(isWhole).toBe(false);
  });

  it('stops on request: nothing more is read', async () => {
    await insertWide();
    const stop = new AbortController();
    const target = await findTable(cluster, { keyspace: KEYSPACE, table: 'wide' });
    const reads = countAnswers(await cluster.client(), '.wide WHERE token');
    const search = findWide(cluster, target, { what: 'wide', places: 64 }, stop.signal);
    await search.next();
    stop.abort(new Error('stopped by a person'));
    await expect(search.next()).rejects.toThrow('stopped by a person');
    const read = reads();
    expect(await search.next()).toEqual({ done: true, value: undefined });
    expect(reads()).toBe(read);
  });

  it('refuses what has no places on the ring', async () => {
    const of = (keyspace: string, table: string) => failureOf(findTable(cluster, { keyspace, table }));
    expect(await of('system_views', 'clients')).toMatchObject({ code: 'not_found' });
    expect(await of(KEYSPACE, 'gone')).toMatchObject({ code: 'not_found' });
    expect(await of('system', 'local')).toMatchObject({ code: 'invalid_request' });
  });

  it('advises a day bucket where partitions were seen to grow, and Cassandra accepts the table', async () => {
    const day = (at: number) => new Date(Date.UTC(2026, 10, 1 + Math.floor(at / 60), at % 24, at % 60));
    await insertAll(
      plain,
      `INSERT INTO ${KEYSPACE}.events (sensor, at, v) VALUES (?, ?, ?)`,
      Array.from({ length: 300 }, (_, at) => [7, day(at), 'x'.repeat(8_000)]),
    );
    const { found } = await wide('events', { seconds: 60 });
    expect(found.noAdvice).toBeNull();
    expect(found.widest[0]?.time).toMatchObject({ days: 5 });
    expect(found.advice?.observed[0]).toContain('5 days');
    await plain.execute(found.advice?.createTable ?? '');
    const key = { sensor: 7, day: '2026-11-02', from: new Date(0), to: new Date() };
    for (const { before, after } of found.advice?.queries ?? []) {
      const range = before.includes('>=') ? [key.from, key.to] : [];
      await plain.execute(before, [key.sensor, ...range], { prepare: true });
      await plain.execute(after.replace(/ --.*$/, ''), [key.sensor, key.day, ...range], { prepare: true });
    }
  });
});

group('the finder of tombstones', () => {
  it('finds the partition whose rows were deleted, by what replicas note in traces', async () => {
    const rows = Array.from({ length: 200 }, (_, c) => [1, c, 'x']);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.deleted (k, c, v) VALUES (?, ?, ?)`, [...rows, [2, 1, 'x']]);
    await insertAll(
      plain,
      `DELETE FROM ${KEYSPACE}.deleted WHERE k = ? AND c = ?`,
      rows.slice(0, 150).map(([k, c]) => [k, c]),
    );
    const { found } = await tombstones('deleted', { seconds: 100 });
    expect(found).toMatchObject({ what: 'tombstones', ended: 'whole', untraced: 0 });
    expect(found.tombstones.find(({ key }) => key !== null)).toMatchObject({
      key: { k: 1 },
      tombstones: 150,
      live: 50,
    });
    expect(found.tombstones.filter(({ key }) => key === null)).toMatchObject([{ tombstones: 150 }]);
  });

  it('finds none where nothing was deleted', async () => {
    await insertAll(
      plain,
      `INSERT INTO ${KEYSPACE}.clean (k, c, v) VALUES (?, ?, ?)`,
      Array.from({ length: 50 }, (_, k) => [k, 1, 'x']),
    );
    const { found } = await tombstones('clean', { seconds: 100, places: 4 });
    expect(found.tombstones).toEqual([]);
    expect(found).toMatchObject({ traced: 4, untraced: 0, spent: { share: 1 } });
  });
});

group('the sample of indexes', () => {
  const indexes = async (table: string, request: Partial<FindRequest> = {}) => {
    const target = await findTable(cluster, { keyspace: KEYSPACE, table });
    return ended(findIndexes(cluster, target, { what: 'indexes', ...request }, ALWAYS));
  };

  it('counts the values of each indexed column, a few rows of a partition, within the budget', async () => {
    await insertAll(
      plain,
      `INSERT INTO ${KEYSPACE}.indexed (k, c, email, kind) VALUES (?, ?, ?, ?)`,
      Array.from({ length: 400 }, (_, at) => [at % 20, at, `e${at}`, at % 4 === 0 ? null : `kind${at % 3}`]),
    );
    const { found } = await indexes('indexed', { seconds: 100 });
    expect(found).toMatchObject({ what: 'indexes', ended: 'whole', spent: { share: 1, partitions: 20, rows: 160 } });
    // An index on a collection is not on a whole column.
    expect(found.indexes?.map(({ column }) => column).sort()).toEqual(['email', 'kind']);
    const [email, kind] = (found.indexes ?? []).toSorted((a, b) => (a.column < b.column ? -1 : 1));
    expect(email).toMatchObject({ kind: 'secondary', values: 160, nulls: 0, distinct: 160, most: 1 });
    expect(kind?.values).toBe(160 - (kind?.nulls ?? 0));
    expect(kind).toMatchObject({ distinct: 3, says: expect.stringContaining('Too few to judge') });
    const short = await indexes('indexed', { rows: 12, places: 4 });
    expect(short.found.spent.rows).toBeLessThanOrEqual(12);
  });

  it('refuses a table without an index on a whole column', async () => {
    expect(await failureOf(indexes('wide'))).toMatchObject({ code: 'invalid_request' });
  });
});
