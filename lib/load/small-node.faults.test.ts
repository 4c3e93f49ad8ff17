import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { OF_THE_CLUSTER, SETTLED, smallNode } from '@/lib/cassandra/test-small-node';
import { RowSender } from '@/lib/cassandra/write/send-rows';
import { parseJson } from '@/lib/contract/json';
import type { LoadStanding } from '@/lib/contract/load-standing';
import { readLoadStanding } from './state';
import { type Asked, foundFiles, ran, reviewed, textFile } from './test-load';

/**
 * Loads into a node that cannot keep up: it gives a write 10 ms, takes no mutation over 64 KiB and no batch of several
 * partitions over 2 KiB, and at the end its disk is full.
 */

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-small-node-${process.pid}`));

const TABLE = 'small.t';
const RECORDS = 20_000;
const TEST_TIMEOUT_MS = 600_000;

const node = smallNode({
  ...{ address: '127.0.45.41', name: 'small' },
  settings: {
    ...{ write_request_timeout: '10ms', max_mutation_size: '64KiB', commitlog_segment_size: '1MiB' },
    ...{ batch_size_warn_threshold: '1KiB', batch_size_fail_threshold: '2KiB' },
  },
  statements: [`CREATE TABLE ${TABLE} (p int, c int, v text, PRIMARY KEY (p, c))`],
});

const keyOf = (line: string) => line.split(',', 2).join(',');
async function keysIn(): Promise<Set<string>> {
  const { rows } = await node().plain.execute(`SELECT p, c FROM ${TABLE}`, [], {
    fetchSize: RECORDS,
    readTimeout: 60_000,
  });
  return new Set(rows.map((row) => row.values().join(',')));
}
const linesIn = async (directory: string, name: string) =>
  (await readFile(join(directory, name), 'utf8').catch(() => '')).split('\n').slice(0, -1);

async function prepared(lines: readonly string[], options: Asked['options'] = {}) {
  await node().plain.execute(`TRUNCATE ${TABLE}`, [], { readTimeout: 60_000 });
  const path = await textFile(await node().newDirectory(), 'rows.csv', `${['p,c,v', ...lines].join('\n')}\n`);
  const limits = { maxFailures: { rows: null, share: null }, verify: 'none', consistency: 'ONE' } as const;
  const request = await reviewed(node().cluster, TABLE, await foundFiles(path), { options: { ...limits, ...options } });
  return { request, directory: await node().newDirectory() };
}

/** Runs it, again after a fault of the cluster, until it has come to its end. */
async function toItsEnd({ request, directory }: Awaited<ReturnType<typeof prepared>>): Promise<LoadStanding> {
  const ends: LoadStanding[] = [];
  await vi.waitFor(async () => {
    const run = ran(node().cluster, request, directory).then(({ load }) => load);
    const load = await run.catch(async (error: unknown) => {
      const { code } = toFailure(error).error;
      expect(code).toMatch(OF_THE_CLUSTER);
      expectAllCounted((await readLoadStanding(directory)).load);
      throw error;
    });
    ends.push(load);
  }, SETTLED);
  const [end] = ends;
  if (end === undefined) throw new Error('it did not end');
  return end;
}

function expectAllCounted(load: LoadStanding | undefined): void {
  const { read, written, bad, refused, unknown } = load ?? {};
  expect(Number(written) + Number(bad) + Number(refused) + Number(unknown)).toBe(read);
}

const rowsOf = (count: number) => Array.from({ length: count }, (_, at) => `${at % 500},${at},v${at}`);

describe('a load into a node that cannot keep up', { timeout: TEST_TIMEOUT_MS }, () => {
  it('has every row in the table or in the file of failed records', async () => {
    const lines = rowsOf(RECORDS);
    const given = await prepared(lines);
    const load = await toItsEnd(given);
    expectAllCounted(load);
    expect(load.read).toBe(RECORDS);
    const failed = (await linesIn(given.directory, 'failed.csv')).slice(1);
    expect(failed).toHaveLength(load.refused + load.unknown);
    const there = await keysIn();
    for (const line of lines) expect(there.has(keyOf(line)) || failed.includes(line), line).toBe(true);
  });

  it('keeps rows that are too large for it as they came, with the reason', async () => {
    const [small, large] = [rowsOf(50), 'x'.repeat(100_000)];
    const lines = small.map((line, at) => (at % 10 === 3 ? `${keyOf(line)},"${at}, ""${large}"` : line));
    const given = await prepared(lines);
    const load = await toItsEnd(given);
    expect(load).toMatchObject({ read: 50, written: 45, bad: 0 });
    expect(load.refused + load.unknown).toBe(5);
    expect((await linesIn(given.directory, 'failed.csv')).slice(1)).toEqual(lines.filter((_, at) => at % 10 === 3));
    const reasons = (await linesIn(given.directory, 'reasons.ndjson')).map(parseJson);
    expect(reasons).toHaveLength(5);
    expect((await keysIn()).size).toBe(45);
  });

  it('sends partitions alone where the node refuses several in one request', async () => {
    const send = vi.spyOn(RowSender.prototype, 'send');
    onTestFinished(() => send.mockRestore());
    const count = 10_000;
    const lines = rowsOf(count).map((line) => `${line}${'x'.repeat(300)}`);
    const load = await toItsEnd(await prepared(lines));
    expect(load).toMatchObject({ read: count, written: count });
    expect((await keysIn()).size).toBe(count);
    const joined = send.mock.calls.filter(([statements]) => statements.length > 1).length;
    expect(joined).toBeGreaterThan(0);
    // It would be all of them, of nine rows each.
    expect(joined).toBeLessThan(count / 9 / 2);
  });

  it('stops when the disk of the node is full, and resumes to the end once it is not', async () => {
    const lines = rowsOf(RECORDS).map((line) => `${line}${'x'.repeat(1_000)}`);
    const given = await prepared(lines, { rowsPerSecond: 4_000, timeoutMs: 3_000 });
    const running = ran(node().cluster, given.request, given.directory).then(
      () => null,
      (error: unknown) => toFailure(error).error,
    );
    const hasSome = async () => expect((await keysIn()).size).toBeGreaterThan(RECORDS / 20);
    await vi.waitFor(hasSome, SETTLED);
    await node().fillDisk();
    const failure = await running;
    expect(failure).toMatchObject({ code: expect.stringMatching(OF_THE_CLUSTER), hint: expect.stringMatching(/./) });
    expectAllCounted((await readLoadStanding(given.directory)).load);
    await node().restart();
    const load = await toItsEnd(given);
    expectAllCounted(load);
    const failed = (await linesIn(given.directory, 'failed.csv')).slice(1);
    const there = await keysIn();
    for (const line of lines) expect(there.has(keyOf(line)) || failed.includes(line), line).toBe(true);
  });
});
