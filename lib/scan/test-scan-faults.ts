import { afterAll, beforeAll, expect } from 'vitest';
import type { Client } from '@/lib/cassandra/client/driver';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { plainClient } from '@/lib/cassandra/test-ring';
import { insertAll } from '@/lib/cassandra/test-support';
import { PATIENCE, type VictimBed, victimBed, writeSchemaToFiles } from '@/lib/cassandra/test-victim';
import type { ApiError } from '@/lib/contract/errors';
import { ANONYMOUS } from '@/lib/contract/principal';
import { openScan, type ScanOptions } from './scan';
import { linesOf, tablePlan } from './test-scans';

/** Scans during which a node fails, on a ring of three that the tests control. */

const [PARTITIONS, ROWS_EACH] = [160, 5];

/** The failures allowed while a node does not answer: none that hides a row. */
export const VISIBLE =
  /^(ranges_failed|not_enough_replicas|read_timeout|request_timeout|cluster_unreachable|overloaded)$/;

export interface FaultBed extends Pick<VictimBed, 'cluster' | 'victim'> {
  /** The table whose rows have this many replicas. */
  plan(replicas: number, asked?: object): Promise<ReadPlan>;
  /** Its rows as lines, sorted. */
  readonly expected: readonly string[];
}

/** A table for each number of replicas, with wide partitions, so that pages end inside them. */
export function faultBed(keyspacePrefix: string, replicas: readonly number[]): FaultBed {
  const { cluster, victim } = victimBed();
  const plain = plainClient();
  const keyspace = (count: number) => `${keyspacePrefix}_${count}`;
  const rows = Array.from({ length: PARTITIONS * ROWS_EACH }, (_, row) => {
    return [Math.floor(row / ROWS_EACH), row % ROWS_EACH, `${'x'.repeat(50)} ${row}`];
  });
  beforeAll(async () => {
    for (const count of replicas) await makeTable(plain, keyspace(count), count, rows);
  }, 300_000);
  afterAll(async () => {
    for (const count of replicas) await plain.execute(`DROP KEYSPACE IF EXISTS ${keyspace(count)}`);
    await plain.shutdown();
  }, 120_000);
  return {
    cluster,
    victim,
    plan: (count, asked) => tablePlan(cluster, `${keyspace(count)}.t`, { pageRows: 7, timeoutMs: 2_000, ...asked }),
    expected: rows.map((row) => JSON.stringify(row)).sort(),
  };
}

/** Written to every replica, and durable when a node is killed: unlike most tests' keyspaces, it has a commit log. */
async function makeTable(plain: Client, keyspace: string, replicas: number, rows: readonly (readonly unknown[])[]) {
  const replication = `{'class': 'SimpleStrategy', 'replication_factor': ${replicas}}`;
  await plain.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`);
  await plain.execute(`CREATE KEYSPACE ${keyspace} WITH replication = ${replication}`);
  await plain.execute(`CREATE TABLE ${keyspace}.t (k int, c int, v text, PRIMARY KEY (k, c))`);
  await writeSchemaToFiles(plain, keyspace);
  await insertAll(plain, `INSERT INTO ${keyspace}.t (k, c, v) VALUES (?, ?, ?)`, rows);
}

export interface ScanOutcome {
  readonly lines: readonly string[];
  /** Null if it completed. */
  readonly failure: ApiError | null;
  /** After the last page; undefined if there was none. */
  readonly checkpoint: string | undefined;
}

/** Reads until the end or a failure; after `strikeAt` rows it awaits `strike`. */
export async function scanThrough(
  plan: ReadPlan,
  { strikeAt, strike, ...options }: Partial<ScanOptions> & { strikeAt: number; strike: () => Promise<void> },
): Promise<ScanOutcome> {
  const lines: string[] = [];
  let checkpoint: string | undefined;
  let hasStruck = false;
  try {
    const scan = await openScan(plan, { principal: ANONYMOUS, ...options });
    for await (const page of scan.pages) {
      lines.push(...linesOf(page));
      checkpoint = scan.checkpoint();
      if (hasStruck || lines.length < strikeAt) continue;
      hasStruck = true;
      await strike();
    }
    return { lines, failure: null, checkpoint };
  } catch (error) {
    return { lines, failure: toFailure(error).error, checkpoint };
  }
}

/** Resumes after an outcome until everything is read. @returns all lines, sorted */
export async function finish(plan: ReadPlan, outcome: ScanOutcome): Promise<string[]> {
  const giveUpAt = performance.now() + PATIENCE.timeout;
  const lines = [...outcome.lines];
  let { failure, checkpoint } = outcome;
  while (failure !== null) {
    expect(failure.code).toMatch(VISIBLE);
    expect(performance.now()).toBeLessThan(giveUpAt);
    const more = await scanThrough(plan, {
      resume: checkpoint,
      strikeAt: Number.POSITIVE_INFINITY,
      strike: async () => undefined,
    });
    lines.push(...more.lines);
    failure = more.failure;
    checkpoint = more.checkpoint ?? checkpoint;
  }
  return lines.sort();
}
