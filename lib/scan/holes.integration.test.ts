import { beforeAll, describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { ColumnMemory, readPage } from '@/lib/cassandra/read/pages';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { insertAll, testBed } from '@/lib/cassandra/test-support';
import { ANONYMOUS } from '@/lib/contract/principal';
import { tokenOf } from '@/lib/ring/paging-state';
import { begin } from './checkpoint';
import { type ScanWork, splitWork } from './plan/work';
import { openScan, type Scan } from './scan';
import { scanSource } from './source';
import { drain, linesOf, sorted, tablePlan } from './test-scans';

/** How a scan works around what cannot be read. */

const KEYSPACE = 'ringside_scan_holes_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  ['wide', 'poisoned'].map(
    (table) => `CREATE TABLE ${KEYSPACE}.${table} (k int, c int, s int static, v int, PRIMARY KEY (k, c))`,
  ),
);
const range = (count: number) => Array.from({ length: count }, (_, at) => at);

const POISON = -1;
/** Above `tombstone_failure_threshold`, which is 100,000 by default. */
const [BATCHES, TOMBSTONES_A_BATCH] = [420, 250];
const PARTITIONS = 400;

beforeAll(async () => {
  const rows = range(40).flatMap((k) => range(k === 7 ? 120 : k % 5).map((c) => [k, c, k, c]));
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.wide (k, c, s, v) VALUES (?, ?, ?, ?)`, rows);
  const single = range(PARTITIONS).map((k) => [k, 0, k, k]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.poisoned (k, c, s, v) VALUES (?, ?, ?, ?)`, single);
  const query = `DELETE FROM ${KEYSPACE}.poisoned WHERE k = ${POISON} AND c = ?`;
  for (let from = 0; from < BATCHES; from += 8) {
    const batches = range(8).map((batch) =>
      range(TOMBSTONES_A_BATCH).map((at) => ({ query, params: [(from + batch) * TOMBSTONES_A_BATCH + at] })),
    );
    await Promise.all(batches.map((batch) => plain.batch(batch, { prepare: true, logged: false })));
  }
}, 240_000);

/** All rows of the rest of a piece, read as a scan does, with the place after each page. */
async function readWork(plan: ReadPlan, work: ScanWork, pageRows: number) {
  const client = await cluster.client();
  const options = { ordered: true, resumed: false, node: null, truncations: {}, reader: cluster.reads.reader() };
  const source = await scanSource(plan, client, options);
  const [columns, { signal }] = [new ColumnMemory(), new AbortController()];
  const steps: { lines: string[]; left: ScanWork | null }[] = [];
  let left: ScanWork | null = work;
  while (left !== null) {
    const page = await readPage(
      client,
      source.request(left, { rows: pageRows, expectedBytes: null }, undefined, signal),
      columns,
    );
    const { pagingState } = page;
    left = pagingState === null ? null : { ...left, pagingState, reached: tokenOf(pagingState) };
    steps.push({ lines: linesOf(page), left });
  }
  return steps;
}

describe('the rest of a piece, split', () => {
  it.each([1, 3, 7])('gives the same rows, wherever its page of %d rows ended', async (pageRows) => {
    const plan = await tablePlan(cluster, `${KEYSPACE}.wide`);
    const steps = await readWork(plan, begin({ from: -(2n ** 63n), to: 2n ** 63n - 1n }), pageRows);
    const linesBehind = (index: number) => steps.slice(index + 1).flatMap(({ lines }) => lines);
    const every = Math.ceil(steps.length / 20);
    for (const [index, { left }] of steps.entries()) {
      if (left === null || index % every !== 0) continue;
      const parts = splitWork(left) ?? [];
      expect(parts.length).toBeGreaterThanOrEqual(2);
      const read: string[] = [];
      for (const part of parts) read.push(...(await readWork(plan, part, 50)).flatMap(({ lines }) => lines));
      expect(read).toEqual(linesBehind(index));
    }
  });
});

describe('a range that cannot be read for its tombstones', () => {
  const expected = range(PARTITIONS).map((k) => JSON.stringify([k, 0, k, k]));

  async function readUntilFailure(scan: Scan) {
    const lines: string[] = [];
    try {
      for await (const page of scan.pages) lines.push(...linesOf(page));
      return { lines, failure: null };
    } catch (error) {
      return { lines, failure: toFailure(error).error };
    }
  }

  it('is the only one left out, and is named; once it can be read, resuming reads only that', async () => {
    const plan = await tablePlan(cluster, `${KEYSPACE}.poisoned`, { timeoutMs: 20_000 });
    const scan = await openScan(plan, { principal: ANONYMOUS });
    const { lines, failure } = await readUntilFailure(scan);
    expect(failure).toMatchObject({ code: 'ranges_failed', retryable: true });
    expect(failure?.hint).toContain('tombstone');
    // 1/4096 of one of at least sixteen pieces: hardly a row besides the poisoned partition.
    expect(lines.length).toBeGreaterThanOrEqual(PARTITIONS - 2);
    expect(new Set(lines).size).toBe(lines.length);
    const progress = scan.progress();
    expect(progress.ring?.replaceAll('d', '')).toMatch(/^x{1,2}$/);
    expect(progress.ringFraction).toBeLessThan(1);
    expect(progress.ringFraction).toBeGreaterThan(0.999);
    expect(progress.ranges).toMatchObject({ running: 0, failed: 1 });
    expect(progress.ranges.retried).toBeGreaterThanOrEqual(1);
    const [hole] = progress.failures;
    expect(hole?.error.code).toBe('read_failure');
    expect(BigInt(hole?.to ?? 0) - BigInt(hole?.from ?? 0)).toBeLessThan(2n ** 64n / 16n / 4096n + 1n);
    expect(failure?.message).toContain(`(${hole?.from}, ${hole?.to}]`);

    // Deleting the whole partition supersedes all tombstones in it.
    await plain.execute(`DELETE FROM ${KEYSPACE}.poisoned WHERE k = ${POISON}`);
    const rest = await drain(plan, { resume: scan.checkpoint() });
    expect(rest.lines.length).toBe(PARTITIONS - lines.length);
    expect(sorted([...lines, ...rest.lines])).toEqual(sorted(expected));
  });
});
