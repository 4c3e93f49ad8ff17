import { mkdirSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { type Ended, run, start } from './test-command';

/**
 * Loads and copies at the prompt that are killed (`kill -9`) at random moments, and resumed by the command that a person
 * types next. A moment is a number of changes in the directory of the work, so the first ones are tried as well.
 */

const KEYSPACE = 'ringside_terminal_killed';
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.source (p int, c int, n text, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.t (p int, c int, n int, PRIMARY KEY (p, c))`,
  ],
);
vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig({ name: 'ring' })]));
const CLUSTER = ['--cluster', 'ring'];
const folder = mkdtempSync(join(tmpdir(), 'ringside-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RECORDS = 12_000;
const BAD_EVERY = 300;
const BAD = RECORDS / BAD_EVERY;
const RATE = 6_000;
const [EARLY_KILLS, KILLS, MOST_CHANGES] = [2, 5, 40];
const TEST_TIMEOUT_MS = 300_000;

/** A pseudo-random number from 0 to 1, the same for a seed (Park and Miller). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

beforeAll(async () => {
  const rows = Array.from({ length: RECORDS }, (_, at) => [at % 500, at, at % BAD_EVERY === 7 ? `x${at}` : String(at)]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.source (p, c, n) VALUES (?, ?, ?)`, rows);
}, TEST_TIMEOUT_MS);

/** Starts it again and again, and kills it after a number of changes in its directory, until it ends by itself. */
async function killedAndResumed(first: readonly string[], again: readonly string[], directory: string, seed: number) {
  const random = seeded(seed);
  mkdirSync(directory);
  let ended: Ended | null = null;
  let [kills, hasBegun] = [0, false];
  for (let runs = 0; ended === null || ended.signal === 'SIGKILL'; runs++) {
    const most = kills < EARLY_KILLS ? 6 : MOST_CHANGES;
    const changes = kills < KILLS ? 1 + Math.floor(random() * most) : Number.POSITIVE_INFINITY;
    const running = start(hasBegun ? again : first);
    let seen = 0;
    const watcher = watch(directory, () => ++seen >= changes && running.child.kill('SIGKILL'));
    ended = await running.ended;
    watcher.close();
    const isNothing = ended.code === 2 && ended.stderr.includes('Leave out --resume');
    hasBegun = !isNothing;
    if (isNothing) ended = null;
    if (ended?.signal === 'SIGKILL') kills++;
    expect(runs, `seed ${seed}: it never ends`).toBeLessThan(20);
  }
  expect(kills, `seed ${seed}`).toBeGreaterThan(0);
  return ended;
}

const found = async () =>
  (await plain.execute(`SELECT c, n FROM ${KEYSPACE}.t`, [], { fetchSize: RECORDS })).rows.map((row) => row.values());
const linesOf = (directory: string, name: string) => readFileSync(join(directory, name), 'utf8').trim().split('\n');
const numbersIn = (lines: readonly string[]) => lines.flatMap((line) => /x(\d+)/.exec(line)?.[1] ?? []).map(Number);
const bad = Array.from({ length: BAD }, (_, at) => at * BAD_EVERY + 7);

/** Every row is in the table as in the source, and every other one in the failed rows, once. */
async function expectAll(directory: string, failed: readonly string[], seed: number): Promise<void> {
  const rows = await found();
  expect(rows, `seed ${seed}`).toHaveLength(RECORDS - BAD);
  for (const [c, n] of rows) expect(n).toBe(c);
  expect(
    numbersIn(failed).sort((a, b) => a - b),
    `seed ${seed} ${directory}`,
  ).toEqual(bad);
}

describe('ringside that is killed again and again', { timeout: TEST_TIMEOUT_MS }, () => {
  const FILES = [
    ['csv', 'rows.csv', ['--format', 'csv'], 'failed.csv'],
    ['ndjson', 'rows.ndjson', ['--format', 'ndjson'], 'failed.ndjson'],
    ['parquet', 'rows.parquet', ['--format', 'parquet'], 'failed.ndjson'],
    ['csv by gzip', 'rows.csv.gz', ['--format', 'csv', '--compression', 'gzip'], 'failed.csv'],
  ] as const;

  it.each(FILES)('loads all of %s once it may end', async (_, name, format, failedName) => {
    const seed = Math.floor(Math.random() * 2_147_483_646) + 1;
    console.log(`${name}: seed ${seed}`);
    await plain.execute(`TRUNCATE ${KEYSPACE}.t`);
    const path = join(folder, name);
    expect(await run('export', `${KEYSPACE}.source`, ...CLUSTER, ...format, '-o', path)).toMatchObject({ code: 0 });
    const directory = join(folder, `${name}-work`);
    const table = `${KEYSPACE}.t`;
    const first = [
      'load',
      table,
      path,
      ...CLUSTER,
      '--rate',
      String(RATE),
      '--max-failures',
      'none',
      '--verify',
      'full',
    ];
    const again = ['load', table, ...CLUSTER, '--work', directory, '--resume'];
    const { code, stderr } = await killedAndResumed([...first, '--work', directory, '--yes'], again, directory, seed);
    const message = `seed ${seed}: ${stderr}`;
    expect(stderr, message).toContain('11,960 written · 40 no rows of the table');
    expect(stderr, message).toContain('11,960 of 11,960 read back equal');
    expect(code, message).toBe(1);
    await expectAll(directory, linesOf(directory, failedName), seed);
  });

  it('copies all rows once it may end', async () => {
    const seed = Math.floor(Math.random() * 2_147_483_646) + 1;
    console.log(`copy: seed ${seed}`);
    await plain.execute(`TRUNCATE ${KEYSPACE}.t`);
    const directory = join(folder, 'copy-work');
    const tables = ['copy', `ring:${KEYSPACE}.source`, `ring:${KEYSPACE}.t`, '-o', directory];
    const first = [...tables, '--cast', 'n=int', '--rate', String(RATE), '--yes'];
    const { code, stderr } = await killedAndResumed(first, [...tables, '--resume'], directory, seed);
    const message = `seed ${seed}: ${stderr}`;
    expect(stderr, message).toContain('12,000 read · 11,960 written · 40 refused');
    expect(code, message).toBe(1);
    await expectAll(directory, linesOf(directory, 'failed.ndjson'), seed);
  });
});
