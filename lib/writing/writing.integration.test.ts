import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LimitRooms } from '@/lib/cassandra/read/limit-rooms';
import { LimitedWork, withinLimits } from '@/lib/cassandra/read/limited-work';
import { TestClock } from '@/lib/cassandra/read/test-clock';
import { testBed } from '@/lib/cassandra/test-support';
import { RowSender } from '@/lib/cassandra/write/send-rows';
import type { Consistency } from '@/lib/contract/common';
import { changedTable } from '@/lib/mutations/table';
import { NO_LIMITS } from '@/lib/rights/limits';
import { RowWriter, type Writing } from './row-writer';
import type { RowEnd, WriteRow } from './rows';

const KEYSPACE = 'ringside_writing_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (p int, c int, s text static, v text, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.lists (p int PRIMARY KEY, l list<int>, v text)`,
    `CREATE TABLE ${KEYSPACE}.gone (p int PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.counts (p int PRIMARY KEY, n counter)`,
  ],
);

const T0 = 1_700_000_000_000_000n;
const int = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

interface Made {
  readonly table?: string;
  readonly columns?: readonly string[];
  readonly consistency?: Consistency;
  readonly rowsPerSecond?: number;
  readonly signal?: AbortSignal;
}

async function writer({ table: name = 't', columns = ['p', 'c', 's', 'v'], ...given }: Made = {}) {
  const ends: RowEnd<number>[] = [];
  const table = await changedTable(cluster, await cluster.client(), { keyspace: KEYSPACE, table: name });
  const writing: Writing<number> = {
    ...{ table, columns, consistency: 'QUORUM', timeoutMs: 12_000, rowsPerSecond: null },
    newer: ({ timestampMicros }, attempt) => timestampMicros + BigInt(attempt),
    ended: (some) => ends.push(...some),
    signal: new AbortController().signal,
    ...given,
  };
  return { writer: await RowWriter.open(cluster, writing), ends };
}

function row(p: number, c: number, rest: Partial<WriteRow<number>> = {}): WriteRow<number> {
  const values = [int(p), int(c), undefined, Buffer.from(`v${c}`)];
  return { values, ttlSeconds: null, timestampMicros: T0, tag: p * 10_000 + c, ...rest };
}

const found = async (select: string) => (await plain.execute(select)).rows.map((one) => one.values());

describe('many rows', () => {
  it('are written, each with one outcome, whether their partitions are small or large', async () => {
    const { writer: into, ends } = await writer();
    const rows = Array.from({ length: 6_000 }, (_, at) => row(at < 3_000 ? at : 9_999, at));
    for (let from = 0; from < rows.length; from += 1_000) await into.add(rows.slice(from, from + 1_000));
    await into.end();
    expect(ends.filter(({ outcome }) => outcome === 'applied')).toHaveLength(6_000);
    expect(new Set(ends.map(({ tag }) => tag)).size).toBe(6_000);
    expect(await found(`SELECT count(*) FROM ${KEYSPACE}.t`)).toEqual([[6_000n]]);
  });

  it('keep the rate that all jobs of their person share, counted by a clock that only the test moves', async () => {
    const [rate, rows] = [50, 300];
    const clock = new TestClock();
    const writing = new Map([[cluster.name, { rowsPerSecond: { most: rate, role: 'loaders' } }]]);
    const limits = { ...NO_LIMITS, writing };
    const job = () => new LimitedWork({ owner: 'anna', kind: 'job', limits, rooms: new LimitRooms(clock) });
    const { writer: into, ends } = await withinLimits(job(), () => writer({ table: 'lists', columns: ['p', 'v'] }));
    const values = (p: number) => ({ ...row(p, 0), values: [int(p), Buffer.from('v')] });
    const written = into.add(Array.from({ length: rows }, (_, p) => values(p))).then(() => into.end());
    while (ends.length < rows) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.moveToNext();
      // A quarter of a second's rows at first, and one request.
      expect(ends.length).toBeLessThanOrEqual(rate / 4 + (clock.nowMs() / 1_000) * rate + 1);
    }
    await written;
    expect(clock.nowMs()).toBeGreaterThanOrEqual(((rows - rate / 4 - 1) / rate) * 1_000);
    await plain.execute(`TRUNCATE ${KEYSPACE}.lists`);
  });

  it('leave what is unset, and have their TTLs and write times', async () => {
    const { writer: into } = await writer();
    await into.add([row(20_001, 1, { values: [int(20_001), int(1), Buffer.from('kept'), Buffer.from('old')] })]);
    await into.end();
    const more = [
      { values: [int(20_001), int(1), undefined, Buffer.from('w')], ttlSeconds: 500, timestampMicros: T0 + 9n },
    ];
    await into.add([
      row(20_001, 1, { values: [int(20_001), int(1), undefined, undefined], timestampMicros: T0 + 7n, more }),
      row(20_001, 2, { ttlSeconds: 0 }),
    ]);
    await into.end();
    const select = `SELECT c, s, v, writetime(v), ttl(v) FROM ${KEYSPACE}.t WHERE p = 20001`;
    const [one, two] = await found(select);
    expect(one?.slice(0, 3)).toEqual([1, 'kept', 'w']);
    expect(String(one?.[3])).toBe(String(T0 + 9n));
    expect(Number(one?.[4])).toBeGreaterThan(400);
    expect(two?.[4]).toBeNull();
  });

  it('may be a partition with static values alone', async () => {
    const { writer: into, ends } = await writer();
    await into.add([row(20_002, 0, { values: [int(20_002), null, Buffer.from('alone'), undefined] })]);
    await into.end();
    expect(ends).toMatchObject([{ outcome: 'applied' }]);
    expect(await found(`SELECT c, s FROM ${KEYSPACE}.t WHERE p = 20002`)).toEqual([[null, 'alone']]);
  });

  it('of which one is refused are written without it', async () => {
    const { writer: into, ends } = await writer();
    const bad = row(20_003, 2, { values: [int(20_003), Buffer.from('too long to be an int'), undefined, undefined] });
    await into.add([row(20_003, 1), bad, row(20_003, 3)]);
    await into.end();
    expect(ends.find(({ tag }) => tag === bad.tag)).toMatchObject({
      outcome: 'refused',
      reason: { code: 'invalid_statement' },
    });
    expect(await found(`SELECT c FROM ${KEYSPACE}.t WHERE p = 20003`)).toEqual([[1], [3]]);
  });

  it('of other partitions that the same nodes have go with them, and no node warns of it', async () => {
    const { writer: into, ends } = await writer();
    const send = vi.spyOn(RowSender.prototype, 'send');
    const warnings: string[] = [];
    const listen = (level: string, _: string, message: string) => void (level === 'warning' && warnings.push(message));
    const client = await cluster.client();
    client.on('log', listen);
    onTestFinished(() => {
      send.mockRestore();
      client.off('log', listen);
    });
    const sized = (p: number, bytes: number) =>
      row(p, 1, { values: [int(p), int(1), Buffer.from('s'), Buffer.alloc(bytes, 'v')] });
    await into.add(Array.from({ length: 400 }, (_, at) => sized(22_000 + at, 10)));
    await into.end();
    const small = send.mock.calls.map(([statements]) => statements.length);
    // As the ring of the tests has each row on every node.
    expect(small).toEqual(Array.from({ length: 40 }, () => 10));
    send.mockClear();
    await into.add(Array.from({ length: 400 }, (_, at) => sized(23_000 + at, at * 10)));
    await into.end();
    expect(new Set(send.mock.calls.map(([statements]) => statements.length)).size).toBeGreaterThan(4);
    expect(ends.filter(({ outcome }) => outcome === 'applied')).toHaveLength(800);
    expect(warnings).toEqual([]);
  });

  it('of which one partition is refused are written without it', async () => {
    const { writer: into, ends } = await writer();
    const bad = row(24_002, 2, { values: [int(24_002), Buffer.from('too long to be an int'), undefined, undefined] });
    await into.add([row(24_001, 1), bad, row(24_003, 3), row(24_003, 4)]);
    await into.end();
    const outcomes = new Map(ends.map(({ tag, outcome }) => [tag, outcome]));
    expect([...outcomes.values()].toSorted()).toEqual(['applied', 'applied', 'applied', 'refused']);
    expect(outcomes.get(bad.tag)).toBe('refused');
    const select = `SELECT p, c FROM ${KEYSPACE}.t WHERE p IN (24001, 24002, 24003)`;
    expect(await found(select)).toEqual([
      [24_001, 1],
      [24_003, 3],
      [24_003, 4],
    ]);
  });

  it('with lists keep to their partition, as they may need newer write times', async () => {
    const { writer: into } = await writer({ table: 'lists', columns: ['p', 'l', 'v'] });
    const send = vi.spyOn(RowSender.prototype, 'send');
    onTestFinished(() => send.mockRestore());
    const list = Buffer.concat([int(1), int(4), int(7)]);
    const of = (p: number, l: Buffer | undefined) => ({ ...row(p, 0), values: [int(p), l, Buffer.from('v')] });
    await into.add([of(1, list), of(2, undefined), of(3, list), of(4, undefined)]);
    await into.end();
    expect(send.mock.calls.map(([statements]) => statements.length).toSorted()).toEqual([1, 1, 2]);
    await plain.execute(`TRUNCATE ${KEYSPACE}.lists`);
  });

  it('written twice with one timestamp are there once, with their lists when it is newer', async () => {
    const { writer: into } = await writer({ table: 'lists', columns: ['p', 'l', 'v'] });
    const list = Buffer.concat([int(1), int(4), int(7)]);
    const at = (timestampMicros: bigint) => ({
      ...{ values: [int(1), list, Buffer.from('v')], ttlSeconds: null, timestampMicros, tag: 1 },
    });
    for (const micros of [T0, T0 + 1n]) {
      await into.add([at(micros)]);
      await into.end();
    }
    expect(await found(`SELECT l, v FROM ${KEYSPACE}.lists`)).toEqual([[[7], 'v']]);
    expect(into.insert.addsElements(at(T0))).toBe(true);
  });

  it('are refused when their table is gone', async () => {
    const { writer: into, ends } = await writer({ table: 'gone', columns: ['p', 'v'] });
    await plain.execute(`DROP TABLE ${KEYSPACE}.gone`);
    await into.add([{ values: [int(1), Buffer.from('v')], ttlSeconds: null, timestampMicros: T0, tag: 1 }]);
    await into.end();
    expect(ends).toMatchObject([{ outcome: 'refused' }]);
  });

  it('end without an outcome once the signal is aborted, and what was sent is awaited', async () => {
    const stopped = new AbortController();
    const { writer: into, ends } = await writer({ signal: stopped.signal, rowsPerSecond: 4 });
    const adding = into.add(Array.from({ length: 5_000 }, (_, at) => row(30_000 + at, 0)));
    const outcome = adding.catch((reason: unknown) => reason);
    stopped.abort(new Error('stopped'));
    expect(await outcome).toMatchObject({ message: 'stopped' });
    await expect(into.end()).rejects.toThrow('stopped');
    expect(into.inFlight).toBe(0);
    expect(ends.length).toBeLessThan(5_000);
    const select = `SELECT count(*) FROM ${KEYSPACE}.t WHERE p >= 30000 ALLOW FILTERING`;
    expect(await found(select)).toEqual([[BigInt(ends.length)]]);
  });

  it('are not written into counters', async () => {
    await expect(writer({ table: 'counts', columns: ['p', 'n'] })).rejects.toThrow('count twice');
  });
});
