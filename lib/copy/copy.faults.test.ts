import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { types } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { plainClient } from '@/lib/cassandra/test-ring';
import { insertAll } from '@/lib/cassandra/test-support';
import { canControl, PATIENCE, victimBed } from '@/lib/cassandra/test-victim';
import { runCompare } from '@/lib/compare/compare-kind';
import { compareRequestSchema } from '@/lib/contract/compare';
import { type CopyRequest, copyRequestSchema } from '@/lib/contract/copy';
import type { ApiError } from '@/lib/contract/errors';
import type { Copied } from '@/lib/contract/move-counts';
import { ANONYMOUS } from '@/lib/contract/principal';
import { isCopied, runCopy } from './copy-kind';
import { copyReviews, planCopy } from './plan';
import type { CopyWork } from './request';
import { readCopyStanding } from './state';

/** Copies and comparisons through which a node of a ring of three fails, or one of the tables changes. */

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-copy-faults-${process.pid}`));

const KEYSPACE = 'ringside_copy_faults';
const TABLES = ['source', 'target'] as const;
const COLUMNS = 'p int, c int, v text, n int, PRIMARY KEY (p, c)';
const [PARTITIONS, ROWS_EACH] = [600, 10];
const ROWS = PARTITIONS * ROWS_EACH;
const TEST_TIMEOUT_MS = 600_000;
/** A change of the schema and a truncation take long on a busy machine. */
const SCHEMA_TIMEOUT_MS = 60_000;
/** Slow enough for a change of the schema to come in the middle, on a busy machine as well. */
const [COPY_RATE, COMPARE_RATE] = [500, 2_000];
/** Of the cluster, never of a row. */
const VISIBLE =
  /^(ranges_failed|not_enough_replicas|write_timeout|read_timeout|request_timeout|cluster_unreachable|overloaded)$/;

interface Outcome {
  readonly counts: Copied;
  /** Null: it ran to its end. */
  readonly failure: ApiError | null;
}

describe.runIf(canControl)('rows that are copied', { timeout: TEST_TIMEOUT_MS }, () => {
  const { cluster, victim, healed } = victimBed();
  const sides = { source: cluster, target: cluster };
  const plain = plainClient();
  const change = (cql: string) =>
    plain.execute(cql.replaceAll('KS.', `${KEYSPACE}.`), [], { readTimeout: SCHEMA_TIMEOUT_MS });
  let base: string;
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'ringside-copy-faults-'));
    await plain.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
    await plain.execute(
      `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3}`,
    );
  }, 300_000);
  afterAll(async () => {
    await plain.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
    await plain.shutdown();
    await rm(base, { recursive: true });
  }, 120_000);

  /** Both tables, new; only the source has rows. */
  async function tables(): Promise<void> {
    for (const table of TABLES) {
      await change(`DROP TABLE IF EXISTS KS.${table}`);
      await change(`CREATE TABLE KS.${table} (${COLUMNS})`);
    }
    const rows = Array.from({ length: ROWS }, (_, at) => [Math.floor(at / ROWS_EACH), at, `v${at}`, at]);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.source (p, c, v, n) VALUES (?, ?, ?, ?)`, rows);
  }

  async function prepared(asked: Partial<CopyRequest> = {}) {
    await tables();
    const { again: _again, ...request } = copyRequestSchema.parse({
      ...{ keyspace: KEYSPACE, table: 'source', target: { keyspace: KEYSPACE, table: 'target' } },
      ...{ rowsPerSecond: COPY_RATE, timeoutMs: 3_000, verify: 'compare', ...asked },
    });
    const { token } = await planCopy(sides, request, ANONYMOUS);
    const taking = { principal: ANONYMOUS, cluster: 'test', confirmName: undefined, nowMs: Date.now() };
    return { work: copyReviews.take({ ...taking, token }).work, directory: await mkdtemp(join(base, 'job-')) };
  }

  const rowsIn = async (table: string) => {
    const { consistencies } = types;
    return (
      await plain.execute(`SELECT p FROM ${KEYSPACE}.${table}`, [], { consistency: consistencies.one, fetchSize: ROWS })
    ).rowLength;
  };

  /** Runs a copy, and strikes once some rows are in the target. */
  async function through(work: CopyWork, directory: string, strike?: () => Promise<unknown>): Promise<Outcome> {
    const running = { request: work, owner: ANONYMOUS, directory, signal: new AbortController().signal };
    const copying = runCopy(sides, { ...running, watch: () => undefined }).then(
      (counts): Outcome => ({ counts, failure: null }),
      async (error: unknown): Promise<Outcome> => {
        const { copied } = await readCopyStanding(directory);
        if (copied === undefined) throw error;
        return { counts: copied, failure: toFailure(error).error };
      },
    );
    if (strike === undefined) return copying;
    const hasSome = async () => expect(await rowsIn('target')).toBeGreaterThan(ROWS / 10);
    await vi.waitFor(hasSome, { ...PATIENCE, interval: 50 });
    await strike();
    return copying;
  }

  const failedIn = async (directory: string) =>
    (await readFile(join(directory, 'failed.ndjson'), 'utf8'))
      .split('\n')
      .slice(1, -1)
      .map((line) => JSON.parse(line));

  function expectAllCounted({ read, applied, refused, unknown, skipped }: Copied): void {
    expect(applied + refused + unknown + skipped).toBe(read);
  }

  const STRIKES = [
    ['is killed', () => victim().kill()],
    ['is paused', () => victim().pause()],
  ] as const;

  it.each(STRIKES)('are all there at QUORUM while a node %s', async (_, strike) => {
    const { work, directory } = await prepared({ consistency: 'QUORUM', targetConsistency: 'QUORUM' });
    const { counts, failure } = await through(work, directory, strike);
    expect(failure).toBeNull();
    expect(counts).toMatchObject({ read: ROWS, applied: ROWS, compared: { equal: ROWS, missing: 0, different: 0 } });
  });

  it.each(STRIKES)(
    'at ALL stop when a node %s, with the reason, and all are there once they resume',
    async (_, strike) => {
      const { work, directory } = await prepared({ targetConsistency: 'ALL' });
      const first = await through(work, directory, strike);
      expect(first.failure?.code).toMatch(VISIBLE);
      expectAllCounted(first.counts);
      await healed();
      const { counts, failure } = await through(work, directory);
      expect(failure).toBeNull();
      expectAllCounted(counts);
      expect(counts).toMatchObject({ read: ROWS, compared: { different: 0 } });
      expect(await failedIn(directory)).toHaveLength(counts.refused + counts.unknown);
      expect(await rowsIn('target')).toBeGreaterThanOrEqual(counts.applied);
    },
  );

  it.each([
    ['their target is dropped', 'DROP TABLE KS.target', /^(schema_changed .*target is gone|not_found)/],
    ['a column of their target is dropped', 'ALTER TABLE KS.target DROP v', /^schema_changed .*not as it was/],
    ['their target gets a column', 'ALTER TABLE KS.target ADD more int', null],
    ['their target is truncated', 'TRUNCATE KS.target', null],
    ['their source is dropped', 'DROP TABLE KS.source', /^(schema_changed|ranges_failed|not_found)/],
    ['their source gets a column', 'ALTER TABLE KS.source ADD more int', null],
    ['their source is truncated', 'TRUNCATE KS.source', /^table_truncated/],
  ])('end truthfully when %s', async (_, cql, message) => {
    const { work, directory } = await prepared();
    const { counts, failure } = await through(work, directory, () => change(cql));
    expectAllCounted(counts);
    expect(await failedIn(directory)).toHaveLength(counts.refused + counts.unknown);
    if (message === null) {
      expect(failure).toBeNull();
      expect(isCopied(counts)).toBe((await rowsIn('target')) === ROWS);
      return;
    }
    expect(`${failure?.code} ${failure?.message}`).toMatch(message);
    const again = await through(work, directory);
    expect(again.failure).toMatchObject({ retryable: false });
    expect(again.counts.read).toBeLessThanOrEqual(ROWS);
  });

  it.each([
    ['a node is killed', () => victim().kill(), null],
    ['a node is paused', () => victim().pause(), null],
    ['the source is dropped', () => change('DROP TABLE KS.source'), /^schema_changed .*source was dropped/],
    ['the target is dropped', () => change('DROP TABLE KS.target'), /^schema_changed .*target was dropped/],
    ['the source is truncated', () => change('TRUNCATE KS.source'), /^table_truncated .*source/],
    ['the target is truncated', () => change('TRUNCATE KS.target'), /^table_truncated .*target/],
    ['the target gets a column', () => change('ALTER TABLE KS.target ADD more int'), null],
  ] as const)('are compared truthfully when %s', async (_, strike, message) => {
    const { work, directory } = await prepared({ rowsPerSecond: 1_000_000, verify: 'none' });
    expect((await through(work, directory)).counts).toMatchObject({ applied: ROWS });
    const { failure, counts } = await comparedThrough(strike);
    if (message === null) expect([failure, counts?.equal]).toEqual([null, ROWS]);
    else expect(`${failure?.code} ${failure?.message}`).toMatch(message);
  });

  /** Compares both tables, and strikes once a quarter of their rows is read. */
  async function comparedThrough(strike: () => Promise<unknown>) {
    const directory = await mkdtemp(join(base, 'compare-'));
    const request = compareRequestSchema.parse({
      ...{ keyspace: KEYSPACE, table: 'source', target: { keyspace: KEYSPACE, table: 'target' } },
      ...{ rowsPerSecond: COMPARE_RATE, timeoutMs: 3_000 },
    });
    const rowsRead: (() => number)[] = [];
    const comparing = runCompare(sides, {
      ...{ request, owner: ANONYMOUS, directory, signal: new AbortController().signal },
      watch: (progress) => rowsRead.push(() => progress().scan?.rows ?? 0),
    }).then(
      (counts) => ({ counts, failure: null }),
      (error: unknown) => ({ counts: null, failure: toFailure(error).error }),
    );
    const hasSome = () => expect(rowsRead[0]?.()).toBeGreaterThan(ROWS / 2);
    await vi.waitFor(hasSome, { ...PATIENCE, interval: 5 });
    await strike();
    return comparing;
  }
});
