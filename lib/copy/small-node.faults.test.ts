import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { types } from 'cassandra-driver';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { OF_THE_CLUSTER, SETTLED, smallNode } from '@/lib/cassandra/test-small-node';
import { failureOf } from '@/lib/cassandra/test-support';
import { runCompare } from '@/lib/compare/compare-kind';
import { readCompareStanding } from '@/lib/compare/state';
import { compareRequestSchema } from '@/lib/contract/compare';
import { type CopyRequest, copyRequestSchema } from '@/lib/contract/copy';
import type { ApiError } from '@/lib/contract/errors';
import type { Compared, Copied } from '@/lib/contract/move-counts';
import { ANONYMOUS } from '@/lib/contract/principal';
import { linesOf } from '@/lib/test-lines';
import { isCopied, runCopy } from './copy-kind';
import { copyReviews, planCopy } from './plan';
import { readCopyStanding } from './state';

/**
 * Copies and comparisons on a node that cannot keep up: it refuses requests as overloaded, its reads and writes time out, it
 * stands still, and its disk is full. It is source and target at once.
 */

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-small-moves-${process.pid}`));

const [KEYSPACE, ROWS, ROWS_EACH] = ['small_moves', 6_000, 10];
const TEST_TIMEOUT_MS = 600_000;
const [CROWD, CROWD_REFUSED] = [64, 200];
const [VALUE_BYTES, ROWS_A_BATCH, CROWD_BYTES] = [1_000, 30, 30_000];
/** Planted in the target of a comparison. */
const [MISSING, DIFFERENT] = [30, 20];

const WRITE = `INSERT INTO ${KEYSPACE}.crowd (p, v) VALUES (1, ?)`;

const node = smallNode({
  ...{ address: '127.0.45.42', name: KEYSPACE },
  settings: {
    // It has one thread for requests, and refuses those that have waited for it as overloaded.
    ...{ native_transport_max_threads: '1', native_transport_timeout: '100ms', commitlog_segment_size: '1MiB' },
  },
  statements: [
    ...['source', 'target', 'other'].map(
      (table) => `CREATE TABLE ${KEYSPACE}.${table} (p int, c int, v text, PRIMARY KEY (p, c))`,
    ),
    `CREATE TABLE ${KEYSPACE}.crowd (p int PRIMARY KEY, v text)`,
  ],
});

/** Until the node takes it. */
function patiently(cql: string, values: readonly unknown[] = []): Promise<types.ResultSet> {
  const ask = () => node().plain.execute(cql, [...values], { prepare: true, fetchSize: ROWS, readTimeout: 60_000 });
  return vi.waitFor(ask, SETTLED);
}

const keyOf = (at: number) => [Math.floor(at / ROWS_EACH), at] as const;
async function fill(table: string, textOf: (at: number) => string | null): Promise<void> {
  const all = Array.from({ length: ROWS }, (_, at) => at).filter((at) => textOf(at) !== null);
  for (let from = 0; from < all.length; from += ROWS_A_BATCH) {
    const some = all.slice(from, from + ROWS_A_BATCH);
    const inserts = some.map(() => `INSERT INTO ${KEYSPACE}.${table} (p, c, v) VALUES (?, ?, ?);`);
    const values = some.flatMap((at) => [...keyOf(at), textOf(at)]);
    await patiently(`BEGIN UNLOGGED BATCH ${inserts.join(' ')} APPLY BATCH`, values);
  }
}
const keysIn = async (table: string) => {
  const { rows } = await patiently(`SELECT p, c FROM ${KEYSPACE}.${table}`);
  return new Set(rows.map((row) => row.values().join(',')));
};

/** Others ask for more than the node takes, until it has refused so many. @returns ends it, and tells how many it refused */
function crowd(): () => Promise<number> {
  let [isOver, refused] = [false, 0];
  const one = async () => {
    while (!isOver && refused < CROWD_REFUSED) {
      await node()
        .plain.execute(`SELECT * FROM ${KEYSPACE}.source`, [], { fetchSize: 500 })
        .catch((error: unknown) => {
          if (toFailure(error).error.code === 'overloaded') refused++;
        });
    }
  };
  const all = Array.from({ length: CROWD }, one);
  return async () => {
    isOver = true;
    await Promise.all(all);
    return refused;
  };
}

/** Writes until the node fails one, as it will. @returns the failure */
function failedWrite(): Promise<ApiError> {
  const write = () => node().plain.execute(WRITE, ['x'.repeat(CROWD_BYTES)], { readTimeout: 5_000 });
  return vi.waitFor(() => failureOf(write()), { ...SETTLED, interval: 1 });
}

/** Each strikes, and returns what ends it. */
type Strike = () => Promise<() => Promise<unknown>>;
const timeout = (kind: string, ms: number) => node().ring.nodetool(['settimeout', kind, String(ms)]);

/** In force before it begins: nodetool takes long on a busy machine. */
const BEFORE: Readonly<Record<string, Strike>> = {
  'gives a write a millisecond': async () => {
    await timeout('write', 1);
    expect((await failedWrite()).code).toBe('write_timeout');
    return () => timeout('write', 2_000);
  },
  'gives a read of a range a millisecond': async () => {
    await timeout('range', 1);
    const read = () => node().plain.execute(`SELECT * FROM ${KEYSPACE}.source`);
    await vi.waitFor(async () => expect((await failureOf(read())).code).toBe('read_timeout'), SETTLED);
    return () => timeout('range', 10_000);
  },
};
const WHILE: Readonly<Record<string, Strike>> = {
  'refuses requests as overloaded': async () => {
    const leave = crowd();
    return async () => expect(await leave()).toBeGreaterThan(0);
  },
  'is paused': async () => {
    await node().ring.node(0).pause();
    return () => node().ring.node(0).resume();
  },
  'has a full disk': async () => {
    await node().fillDisk();
    await failedWrite();
    return () => node().restart();
  },
};
const STRIKES = [...Object.keys(BEFORE), ...Object.keys(WHILE)];

interface Moving<Counts> {
  readonly run: () => Promise<Counts>;
  /** Of what is done so far. */
  readonly standing: () => Promise<Counts | undefined>;
  /** Whether something is. */
  readonly done: (counts: Counts | undefined) => boolean;
  readonly expectTrue: (counts: Counts) => void;
}

/** Strikes before it begins or once it goes, ends that once the first run has ended, and runs it to its end. */
async function through<Counts>(moving: Moving<Counts>, name: string) {
  const relieved = await BEFORE[name]?.();
  const first = once(moving);
  if (relieved === undefined)
    await vi.waitFor(async () => expect(moving.done(await moving.standing())).toBe(true), SETTLED);
  const relieve = relieved ?? (await WHILE[name]?.());
  const struck = await first;
  await relieve?.();
  if (struck !== null) return struck;
  const ends: Counts[] = [];
  const again = async () => {
    const counts = await once(moving);
    if (counts === null) throw new Error('not at its end');
    ends.push(counts);
  };
  await vi.waitFor(again, SETTLED);
  const [end] = ends;
  if (end === undefined) throw new Error('it did not end');
  return end;
}

/** Null: it ended by a fault of the cluster, with true counts. */
async function once<Counts>({ run, standing, expectTrue }: Moving<Counts>): Promise<Counts | null> {
  const counts = await run().catch(async (error: unknown) => {
    expect(toFailure(error).error).toMatchObject({ code: expect.stringMatching(OF_THE_CLUSTER), retryable: true });
    const before = await standing();
    if (before !== undefined) expectTrue(before);
    return null;
  });
  if (counts !== null) expectTrue(counts);
  return counts;
}

const sides = () => ({ source: node().cluster, target: node().cluster });
const named = (target: string) => ({
  ...{ keyspace: KEYSPACE, table: 'source', target: { keyspace: KEYSPACE, table: target }, timeoutMs: 1_000 },
});

beforeAll(() => fill('source', (at) => `v${at}`.padEnd(VALUE_BYTES, 'x')), 300_000);

describe('a copy on a node that', { timeout: TEST_TIMEOUT_MS }, () => {
  async function copying(asked: Partial<CopyRequest> = {}) {
    await patiently(`TRUNCATE ${KEYSPACE}.target`);
    const { again: _again, ...given } = copyRequestSchema.parse({ ...named('target'), verify: 'compare', ...asked });
    const { token } = await vi.waitFor(() => planCopy(sides(), given, ANONYMOUS), SETTLED);
    const taking = { principal: ANONYMOUS, cluster: 'test', confirmName: undefined, nowMs: Date.now() };
    const request = copyReviews.take({ ...taking, token }).work;
    const directory = await node().newDirectory();
    const running = { request, owner: ANONYMOUS, directory, signal: new AbortController().signal };
    const moving: Moving<Copied> = {
      run: () => runCopy(sides(), { ...running, watch: () => undefined }),
      standing: async () => (await readCopyStanding(directory)).copied,
      done: (copied) => Number(copied?.applied) > 0,
      expectTrue: ({ read, applied, refused, unknown, skipped }) =>
        expect(applied + refused + unknown + skipped).toBe(read),
    };
    return { moving, directory };
  }

  it.each(STRIKES)('%s has every row in the target or kept as failed', async (strike) => {
    const { moving, directory } = await copying({ rowsPerSecond: 1_000 });
    const counts = await through(moving, strike);
    expect(counts.read).toBe(ROWS);
    const text = await readFile(join(directory, 'failed.ndjson'), 'utf8');
    const failed = text.split('\n').slice(1, -1);
    expect(failed).toHaveLength(counts.refused + counts.unknown);
    const kept = new Set(failed.map((line) => JSON.parse(line).row.slice(0, 2).join(',')));
    const there = await keysIn('target');
    const all = Array.from({ length: ROWS }, (_, at) => keyOf(at).join(','));
    expect(all.filter((key) => !there.has(key) && !kept.has(key))).toEqual([]);
    expect(counts.compared).toMatchObject({ missing: ROWS - there.size, extra: 0, different: 0 });
    expect(isCopied(counts)).toBe(kept.size === 0);
  });
});

describe('a comparison on a node that', { timeout: TEST_TIMEOUT_MS }, () => {
  const EXPECTED = { equal: ROWS - MISSING - DIFFERENT, missing: MISSING, extra: 0, different: DIFFERENT };
  const isMissing = (at: number) => at < MISSING * 100 && at % 100 === 0;
  const isDifferent = (at: number) => at < DIFFERENT * 100 && at % 100 === 50;
  beforeAll(async () => {
    const textOf = (at: number) => `v${at}`.padEnd(VALUE_BYTES, isDifferent(at) ? 'y' : 'x');
    await fill('other', (at) => (isMissing(at) ? null : textOf(at)));
  }, 300_000);

  it.each(STRIKES)('%s ends with exactly the differences that are there', async (strike) => {
    const directory = await node().newDirectory();
    const request = compareRequestSchema.parse({ ...named('other'), rowsPerSecond: 2_000 });
    const running = { request, owner: ANONYMOUS, directory, signal: new AbortController().signal };
    const moving: Moving<Compared> = {
      run: () => runCompare(sides(), { ...running, watch: () => undefined }),
      standing: async () => (await readCompareStanding(directory)).compared,
      done: (compared) => Number(compared?.sourceRows) > 0,
      expectTrue: ({ sourceRows, equal, missing, different, extra, kept }) => {
        expect(equal + missing + different).toBe(sourceRows);
        expect(kept).toBe(missing + different + extra);
      },
    };
    expect(await through(moving, strike)).toMatchObject(EXPECTED);
    const found = await linesOf(directory, 'differences.ndjson');
    const keysOf = (is: string) => found.filter((one) => one.is === is).map(({ key }) => Number(Object(key).c));
    const all = Array.from({ length: ROWS }, (_, at) => at);
    expect(new Set(keysOf('missing'))).toEqual(new Set(all.filter(isMissing)));
    expect(new Set(keysOf('different'))).toEqual(new Set(all.filter(isDifferent)));
    expect(found).toHaveLength(MISSING + DIFFERENT);
  });
});
