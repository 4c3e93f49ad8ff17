import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { types } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { plainClient } from '@/lib/cassandra/test-ring';
import { canControl, PATIENCE, victimBed } from '@/lib/cassandra/test-victim';
import type { ApiError } from '@/lib/contract/errors';
import type { LoadStanding } from '@/lib/contract/load-standing';
import { readLoadStanding } from './state';
import { foundFiles, ran, reviewed, textFile } from './test-load';

/** Loads through which a node of a ring of three fails. */

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-load-faults-${process.pid}`));

const PREFIX = 'ringside_load_faults';
const [PARTITIONS, ROWS_EACH] = [300, 10];
const RECORDS = PARTITIONS * ROWS_EACH;
const TEST_TIMEOUT_MS = 600_000;
const NO_LIMIT = { rows: null, share: null };
const keyOf = (line: string) => line.split(',', 2).join(',');
/** Of the cluster, never of a row. */
const VISIBLE = /^(not_enough_replicas|write_timeout|request_timeout|cluster_unreachable|overloaded|write_failure)$/;

interface Outcome {
  readonly load: LoadStanding;
  /** Null: it ran to its end. */
  readonly failure: ApiError | null;
}

describe.runIf(canControl)('a load through which a node', { timeout: TEST_TIMEOUT_MS }, () => {
  const { cluster, victim, healed } = victimBed();
  const plain = plainClient();
  let base: string;
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'ringside-load-faults-'));
    for (const replicas of [1, 3]) {
      const keyspace = `${PREFIX}_${replicas}`;
      await plain.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`);
      await plain.execute(
        `CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${replicas}}`,
      );
      await plain.execute(`CREATE TABLE ${keyspace}.t (p int, c int, v text, PRIMARY KEY (p, c))`);
    }
  }, 300_000);
  afterAll(async () => {
    for (const replicas of [1, 3]) await plain.execute(`DROP KEYSPACE IF EXISTS ${PREFIX}_${replicas}`);
    await plain.shutdown();
    await rm(base, { recursive: true });
  }, 120_000);

  /** A node that has just been restarted may take long to answer, on a busy machine. */
  async function rowsOf(name: string): Promise<Map<string, string>> {
    const read = () => plain.execute(`SELECT * FROM ${PREFIX}_${name}`, [], { fetchSize: 5_000, readTimeout: 60_000 });
    const { rows } = await vi.waitFor(read, PATIENCE);
    return new Map(
      rows.map((row) => {
        const [p, c, v] = row.values();
        return [`${p},${c}`, String(v)];
      }),
    );
  }

  /** Runs a load, and strikes once so many rows are in the table. */
  async function through(request: Awaited<ReturnType<typeof reviewed>>, directory: string, strike?: () => unknown) {
    const running = ran(cluster, request, directory).then(
      ({ load }): Outcome => ({ load, failure: null }),
      async (error: unknown): Promise<Outcome> => {
        const { load } = await readLoadStanding(directory);
        if (load === undefined) throw error;
        return { load, failure: toFailure(error).error };
      },
    );
    if (strike !== undefined) {
      const select = `SELECT p FROM ${request.keyspace}.${request.table}`;
      const found = async () => (await plain.execute(select, [], { consistency: types.consistencies.one })).rowLength;
      await vi.waitFor(async () => expect(await found()).toBeGreaterThan(RECORDS / 10), {
        ...PATIENCE,
        interval: 50,
      });
      await strike();
    }
    return running;
  }

  async function prepared(replicas: number, consistency: 'ONE' | 'QUORUM' | 'ALL') {
    await plain.execute(`TRUNCATE ${PREFIX}_${replicas}.t`, [], { readTimeout: 60_000 });
    const lines = Array.from({ length: RECORDS }, (_, at) => `${Math.floor(at / ROWS_EACH)},${at},v${at}`);
    const directory = await mkdtemp(join(base, 'job-'));
    const path = await textFile(await mkdtemp(join(base, 'file-')), 'rows.csv', `${['p,c,v', ...lines].join('\n')}\n`);
    const options = { consistency, rowsPerSecond: 1_000, timeoutMs: 3_000, maxFailures: NO_LIMIT } as const;
    const request = await reviewed(cluster, `${PREFIX}_${replicas}.t`, await foundFiles(path), {
      options: { ...options, verify: 'full' },
    });
    return { lines, directory, request };
  }

  const expectAllCounted = ({ read, written, bad, refused, unknown }: LoadStanding) =>
    expect(written + bad + refused + unknown).toBe(read);

  /** Lines of the file of failed records, each as it came. */
  async function failedIn(directory: string, lines: readonly string[]): Promise<string[]> {
    const text = await readFile(join(directory, 'failed.csv'), 'utf8').catch(() => '');
    const failed = text.split('\n').slice(1, -1);
    for (const line of failed) expect(lines).toContain(line);
    expect(new Set(failed).size).toBe(failed.length);
    return failed;
  }

  const STRIKES = {
    'is killed': () => victim().kill(),
    'is paused': () => victim().pause(),
  };

  it.each(Object.entries(STRIKES))('%s ends with every row in the table at QUORUM', async (_, strike) => {
    const { lines, directory, request } = await prepared(3, 'QUORUM');
    const { load, failure } = await through(request, directory, strike);
    expect(failure).toBeNull();
    expect(load).toMatchObject({ read: RECORDS, written: RECORDS, verified: { equal: RECORDS, missing: 0 } });
    await healed();
    const found = await rowsOf('3.t');
    expect(lines.filter((line) => !found.has(keyOf(line)))).toEqual([]);
  });

  /** All of its replicas are needed: by the level, or because there is one. */
  const NEEDED = Object.entries(STRIKES).flatMap(([name, strike]) => [
    { name, strike, replicas: 3, level: 'ALL' as const },
    { name, strike, replicas: 1, level: 'ONE' as const },
  ]);
  it.each(NEEDED)(
    '$name stops at $level with $replicas replicas, says why, and resumes to the same table',
    async (at) => {
      const { lines, directory, request } = await prepared(at.replicas, at.level);
      const first = await through(request, directory, at.strike);
      expect(first.failure).toMatchObject({ code: expect.stringMatching(VISIBLE), hint: expect.stringMatching(/./) });
      expectAllCounted(first.load);
      expect(first.load.read).toBeLessThan(RECORDS);
      await healed();
      const second = await through(request, directory);
      expect(second.failure).toBeNull();
      expectAllCounted(second.load);
      expect(second.load.read).toBe(RECORDS);
      const failed = await failedIn(directory, lines);
      expect(failed).toHaveLength(RECORDS - second.load.written);
      const found = await rowsOf(`${at.replicas}.t`);
      for (const line of lines) expect(found.has(keyOf(line)) || failed.includes(line), line).toBe(true);
    },
  );
});
