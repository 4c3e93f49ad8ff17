import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig, failureOf, insertAll, REPLICAS, testBed } from '@/lib/cassandra/test-support';
import { type ChangeManyRequest, changeManyRequestSchema } from '@/lib/contract/change-many';
import type { ManyCounts } from '@/lib/contract/jobs';
import { ANONYMOUS } from '@/lib/contract/principal';
import { linesOf } from '@/lib/test-lines';
import { bundleProgram, startProgram } from '../export/test-process';
import { runMany } from './change-kind';
import { countDeletion } from './count';
import { manyReviews, planMany } from './plan';
import type { ManyRequest } from './request';
import { readManyStanding } from './state';

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-many-${process.pid}`));

const KEYSPACE = 'ringside_change_many';
const LACKING = 'ringside_change_many_lacking';
const { cluster, plain } = testBed(
  [KEYSPACE, LACKING],
  [
    `CREATE TABLE ${LACKING}.t (p int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.indexed (p int PRIMARY KEY, note text)`,
    `CREATE TABLE ${KEYSPACE}.t (p int, c int, s text static, state text, note text, tags set<text>, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.counts (k int PRIMARY KEY, n counter)`,
  ],
);
const signal = new AbortController().signal;
const planning = { principal: ANONYMOUS, signal };
const ROWS = 1_600;

let base: string;
let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-many-'));
  program = await bundleProgram('lib/change-many/test-program.ts');
});
afterAll(async () => {
  await program.remove();
  await rm(base, { recursive: true });
});

type Asked = Omit<ChangeManyRequest, 'keyspace' | 'table' | 'again'>;
type More = Partial<Parameters<typeof planMany>[1]>;

const plan = (asked: Asked, more: More = {}, on = cluster) => {
  const deed = more.earlier === undefined ? {} : { again: { job: randomUUID(), take: more.earlier.take } };
  const { again: _again, ...request } = changeManyRequestSchema.parse({
    keyspace: KEYSPACE,
    table: 't',
    ...asked,
    ...deed,
  });
  return planMany(on, { ...request, ...more }, planning);
};
/** What a reviewed plan runs. */
async function requestOf(asked: Asked, more: More = {}): Promise<ManyRequest> {
  const { token, confirmName } = await plan(asked, more);
  const taking = { principal: ANONYMOUS, cluster: 'test', confirmName: confirmName ?? undefined, nowMs: Date.now() };
  return manyReviews.take({ ...taking, token: token ?? '' }).request;
}
const newDirectory = () => mkdtemp(join(base, 'job-'));
const work = (request: ManyRequest, directory: string, of: AbortSignal = new AbortController().signal) => ({
  ...{ request, directory, owner: ANONYMOUS, signal: of },
  watch: () => undefined,
});
async function ran(asked: Asked, more: More = {}): Promise<{ directory: string; counts: ManyCounts }> {
  const directory = await newDirectory();
  return { directory, counts: await runMany(cluster, work(await requestOf(asked, more), directory)) };
}

/** Rows of ten to a partition: `old` where `c` is even, with a note that expires where `p` is even. */
async function fill(rows: number): Promise<void> {
  await plain.execute(`TRUNCATE ${KEYSPACE}.t`);
  const all = Array.from({ length: rows }, (_, at) => [
    Math.floor(at / 10),
    at % 10,
    at % 2 === 0 ? 'old' : 'new',
    `n${at}`,
  ]);
  const insert = `INSERT INTO ${KEYSPACE}.t (p, c, state, note) VALUES (?, ?, ?, ?)`;
  await insertAll(
    plain,
    `${insert} USING TTL 50000`,
    all.filter(([p]) => Number(p) % 2 === 0),
  );
  await insertAll(
    plain,
    insert,
    all.filter(([p]) => Number(p) % 2 === 1),
  );
}
interface Row {
  readonly state: unknown;
  readonly note: unknown;
  readonly expires: boolean;
}
/** By key; the TTL as whether there is one of about what was written. */
async function table(): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  const { rows } = await plain.execute(`SELECT p, c, state, note, ttl(state) AS age FROM ${KEYSPACE}.t`, [], {
    fetchSize: 10_000,
  });
  for (const row of rows) {
    const age = Number(row.get('age') ?? 0);
    found.set(`${row.get('p')}/${row.get('c')}`, {
      state: row.get('state'),
      note: row.get('note'),
      expires: age > 49_000 && age <= 50_000,
    });
  }
  return found;
}
const where = (column: string, value: string | number) => ({
  filters: [{ column, operator: '=' as const, value }],
  allowFiltering: true,
});

describe('many rows changed alike', () => {
  it('are counted and shown first, with the exact statements, and nothing is written', async () => {
    await fill(300);
    const before = await table();
    const shown = await plan({ ...where('state', 'old'), set: { state: 'done' } });
    expect(shown).toMatchObject({
      counted: { rows: 150, isComplete: true },
      confirmName: null,
      serialConsistency: 'SERIAL',
    });
    expect(shown.statement).toBe(`UPDATE ${KEYSPACE}.t SET state = 'done' WHERE p = ? AND c = ? IF state = ?`);
    expect(shown.read).toContain(`WHERE state = 'old' ALLOW FILTERING`);
    expect(shown.first).toHaveLength(100);
    for (const { cql, key, before: old } of shown.first) {
      expect(old).toEqual({ state: 'old' });
      const ttl = Number(key.p) % 2 === 0 ? / USING TTL (50000|4\d{4}) / : / t/;
      expect(cql).toMatch(new RegExp(`SET state = 'done' WHERE p = ${key.p} AND c = ${key.c} IF state = 'old'$`));
      expect(cql).toMatch(Number(key.p) % 2 === 0 ? ttl : /UPDATE ringside_change_many.t SET/);
    }
    expect(await table()).toEqual(before);
  });

  it('are changed, keep their TTLs, and the undo brings values and TTLs back', async () => {
    await fill(300);
    const before = await table();
    const { directory, counts } = await ran({ ...where('state', 'old'), set: { state: 'done', note: null } });
    expect(counts).toEqual({ applied: 150, unchanged: 0, notApplied: 0, refused: 0, unknown: 0 });
    for (const [key, { state, note, expires }] of await table()) {
      const was = before.get(key);
      expect([state, note, expires]).toEqual(
        was?.state === 'old' ? ['done', null, was.expires] : [was?.state, was?.note, was?.expires],
      );
    }
    for (const name of ['journal.ndjson', 'failed.ndjson'])
      expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
    expect(await readManyStanding(directory)).toMatchObject({ rows: 150, changes: counts });

    const undone = await ran({}, { earlier: { directory, take: 'undo' } });
    expect(undone.counts).toMatchObject({ applied: 150, notApplied: 0 });
    expect(await table()).toEqual(before);
  });

  it('are deleted with their whole rows in the journal, and come back', async () => {
    await fill(60);
    await plain.execute(`UPDATE ${KEYSPACE}.t SET tags = {'a', 'b'} WHERE p = 0 AND c = 0`);
    const before = await table();
    const { directory, counts } = await ran({ ...where('state', 'old'), delete: true });
    expect(counts.applied).toBe(30);
    expect((await table()).size).toBe(30);
    expect((await ran({}, { earlier: { directory, take: 'undo' } })).counts.applied).toBe(30);
    expect(await table()).toEqual(before);
    const { rows } = await plain.execute(`SELECT tags FROM ${KEYSPACE}.t WHERE p = 0 AND c = 0`);
    expect(rows[0]?.get('tags')).toEqual(['a', 'b']);
  });

  it('cannot be undone without the values in the journal', async () => {
    await fill(20);
    const { directory } = await ran({ ...where('state', 'old'), delete: true, journal: 'none' });
    for (const line of await linesOf(directory, 'journal.ndjson')) expect(line).not.toHaveProperty('before');
    const { counts, directory: undo } = await ran({}, { earlier: { directory, take: 'undo' } });
    expect(counts).toMatchObject({ applied: 0, refused: 10 });
    expect(await linesOf(undo, 'failed.ndjson')).toMatchObject(
      Array.from({ length: 10 }, () => ({ message: expect.stringContaining('kept no values'), mayResend: false })),
    );
  });

  it.each(['guarded', 'plain'] as const)(
    '%s: leaves alone what somebody else changed meanwhile, and the undo does too',
    async (mode) => {
      await fill(60);
      const options = { mode, consistency: 'QUORUM' as const };
      const request = await requestOf({ ...where('state', 'old'), set: { note: 'mine' }, options, rowsPerSecond: 20 });
      const directory = await newDirectory();
      // The scan has found all rows by then, and the job is slow.
      const other = { key: '5/8', done: false };
      const progress = vi.waitFor(
        async () => expect((await linesOf(directory, 'journal.ndjson')).length).toBeGreaterThan(2),
        { timeout: 20_000, interval: 20 },
      );
      const running = runMany(cluster, work(request, directory));
      await progress;
      const first = (await linesOf(directory, 'journal.ndjson')).flatMap(({ change }) =>
        change === undefined ? [] : [JSON.stringify(Object(change).key)],
      );
      const left = [...(await table()).entries()].filter(([key, { state }]) => {
        const [p, c] = key.split('/').map(Number);
        return state === 'old' && !first.includes(JSON.stringify({ p, c }));
      });
      const [last] = left.slice(-1);
      other.key = last?.[0] ?? '';
      const [p, c] = other.key.split('/').map(Number);
      await plain.execute(`UPDATE ${KEYSPACE}.t SET note = 'theirs' WHERE p = ${p} AND c = ${c}`);
      const counts = await running;
      const now = await table();
      const isTheirs = now.get(other.key)?.note === 'theirs';
      // Which row comes last is the ring's; this one had either its turn before, or is theirs.
      expect(isTheirs ? counts.notApplied : counts.applied).toBe(isTheirs ? 1 : 30);
      expect(counts.applied + counts.notApplied).toBe(30);

      const sent = Object(JSON.parse(first[0] ?? ''));
      const at = `WHERE p = ${sent.p} AND c = ${sent.c}`;
      await plain.execute(`UPDATE ${KEYSPACE}.t SET note = 'later' ${at}`);
      const undone = await ran({ options }, { earlier: { directory, take: 'undo' } });
      expect(undone.counts).toMatchObject({ applied: counts.applied - 1, notApplied: 1 });
      expect((await table()).get(`${sent.p}/${sent.c}`)?.note).toBe('later');

      // What failed can be run again: now it goes through.
      await plain.execute(`UPDATE ${KEYSPACE}.t SET note = 'mine' ${at}`);
      const again = await ran({ options }, { earlier: { directory: undone.directory, take: 'failed' } });
      expect(again.counts).toMatchObject({ applied: 1, notApplied: 0 });
      expect((await table()).get(`${sent.p}/${sent.c}`)?.note).toBe(`n${sent.p * 10 + sent.c}`);
      expect((await plan({}, { earlier: { directory: again.directory, take: 'failed' } })).token).toBeNull();
    },
  );

  it('pauses between rows and resumes after the last one', async () => {
    await fill(200);
    const request = await requestOf({ ...where('state', 'old'), set: { note: 'x' }, rowsPerSecond: 100 });
    const directory = await newDirectory();
    let done = 0;
    for (let runs = 1; ; runs++) {
      const stop = new AbortController();
      const stopped = new Error('paused');
      let rows = 0;
      const watch: Parameters<typeof runMany>[1]['watch'] = (progress) => {
        const timer = setInterval(() => {
          rows = progress().rows;
          if (rows > done + 20) stop.abort(stopped);
        }, 5);
        stop.signal.addEventListener('abort', () => clearInterval(timer));
      };
      const ended = await runMany(cluster, { ...work(request, directory, stop.signal), watch }).catch(
        (error: unknown) => error,
      );
      stop.abort();
      done = rows;
      if (ended instanceof Error) continue;
      expect(runs).toBeGreaterThan(2);
      expect(ended).toEqual({ applied: 100, unchanged: 0, notApplied: 0, refused: 0, unknown: 0 });
      break;
    }
    const sent = (await linesOf(directory, 'journal.ndjson')).filter(({ outcome }) => outcome === 'applied');
    expect(sent).toHaveLength(100);
  });

  it('refuse what no row can be set to, what is read-only, and another table’s journal', async () => {
    const refusal = (asked: Asked, more: More = {}, on = cluster) => failureOf(plan(asked, more, on));
    expect((await refusal({ set: { p: 1 } })).message).toContain('primary key');
    expect((await refusal({ set: { s: 'x' } })).message).toContain('static');
    expect((await refusal({ set: { state: 1 } })).code).toBe('invalid_request');
    expect((await refusal({ set: {} })).message).toContain('nothing to set');
    expect((await refusal({ set: { note: 'x' }, ...where('state', 'x'), allowFiltering: false })).option).toBe(
      'allowFiltering',
    );
    const closed = new Cluster(clusterConfig({ writes: false }));
    expect((await refusal({ set: { note: 'x' } }, {}, closed)).code).toBe('read_only');
    await closed.close();
    expect((await refusal({}, { earlier: { directory: base, take: 'undo' } })).message).toContain('no journal');
    const red = new Cluster(clusterConfig({ colour: '#cc0000' }));
    await fill(10);
    expect((await plan({ set: { note: 'x' } }, {}, red)).confirmName).toBe('t');
    expect((await plan({ delete: true })).confirmName).toBe('t');
    await red.close();
  });

  it('that Cassandra refuses are kept with its reason, and go through once it is gone', async () => {
    const large = 'x'.repeat(70_000);
    const indexed = `${KEYSPACE}.indexed`;
    const notes = Array.from({ length: 10 }, (_, p) => (p === 7 ? large : `n${p}`));
    await insertAll(plain, `INSERT INTO ${indexed} (p, note) VALUES (?, ?)`, [...notes.entries()]);
    const read = async () => {
      const { rows } = await plain.execute(`SELECT p, note FROM ${indexed}`);
      return notes.map((_, p) => String(rows.find((row) => row.get('p') === p)?.get('note')));
    };
    const of = { table: 'indexed' };
    const { directory } = await ran({ set: { note: 'short' } }, of);
    // An index of this kind holds no value of more than 65,535 bytes.
    await plain.execute(`CREATE INDEX of_notes ON ${indexed} (note)`);
    const undone = await ran({}, { ...of, earlier: { directory, take: 'undo' } });
    expect(undone.counts).toMatchObject({ applied: 9, refused: 1, notApplied: 0, unknown: 0 });
    expect(await linesOf(undone.directory, 'failed.ndjson')).toMatchObject([
      {
        ...{ outcome: 'refused', mayResend: true, change: { key: { p: 7 } } },
        message: expect.stringMatching(/^Refused, nothing was written: .*70000/),
      },
    ]);
    expect(await read()).toEqual(notes.with(7, 'short'));
    await plain.execute(`DROP INDEX ${KEYSPACE}.of_notes`);
    const again = await ran({}, { ...of, earlier: { directory: undone.directory, take: 'failed' } });
    expect(again.counts).toMatchObject({ applied: 1, refused: 0 });
    expect(await read()).toEqual(notes);
  });

  it('stop as a whole when no row goes through, and go on once the cluster recovers', async () => {
    const lacking = (replicas: number) =>
      plain.execute(
        `ALTER KEYSPACE ${LACKING} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${replicas}}`,
      );
    await insertAll(
      plain,
      `INSERT INTO ${LACKING}.t (p, v) VALUES (?, 0)`,
      Array.from({ length: 40 }, (_, p) => [p]),
    );
    const options = { mode: 'plain', consistency: 'QUORUM' } as const;
    const request = await requestOf({ options, set: { v: 1 }, rowsPerSecond: 20 }, { keyspace: LACKING });
    const directory = await newDirectory();
    const running = failureOf(runMany(cluster, work(request, directory)));
    await vi.waitFor(async () => expect((await linesOf(directory, 'journal.ndjson')).length).toBeGreaterThan(2), {
      ...{ timeout: 20_000, interval: 20 },
    });
    // A quorum of nine is more than the ring has.
    await lacking(9);
    expect(await running).toMatchObject({ code: 'not_enough_replicas', retryable: true });
    await lacking(REPLICAS);
    const { applied, refused, ...others } = await runMany(cluster, work(request, directory));
    // Of rows that were sent with one that went through, the others are refused.
    expect([applied + refused, others]).toEqual([40, { unchanged: 0, notApplied: 0, unknown: 0 }]);
    expect(applied).toBeGreaterThan(30);
    const again = () => ran({ options }, { keyspace: LACKING, earlier: { directory, take: 'failed' } });
    expect(refused === 0 ? 0 : (await again()).counts.applied).toBe(refused);
    const { rows } = await plain.execute(`SELECT v FROM ${LACKING}.t`);
    expect(rows.map((row) => row.get('v'))).toEqual(Array.from({ length: 40 }, () => 1));
  });

  it('stop when the table changes', async () => {
    const request = await requestOf({ set: { note: 'x' } });
    await plain.execute(`ALTER TABLE ${KEYSPACE}.t ADD more int`);
    expect(await failureOf(runMany(cluster, work(request, await newDirectory())))).toMatchObject({
      code: 'schema_changed',
    });
  });
});

describe('a job whose Ringside is killed', () => {
  it.each(['guarded', 'plain'] as const)('%s: loses no row, sends none twice, and can be undone', async (mode) => {
    await fill(ROWS);
    const before = await table();
    const directory = await newDirectory();
    const request = await requestOf({
      ...where('state', 'old'),
      set: { note: 'killed' },
      options: { mode, consistency: 'QUORUM' },
      rowsPerSecond: 2_000,
    });
    const env = {
      RINGSIDE_CLUSTERS: JSON.stringify([clusterConfig()]),
      RINGSIDE_EXPORT_DIR: directory,
      RINGSIDE_DATA_DIR: join(base, 'data'),
    };
    let [last, kills] = ['', 0];
    for (const rows of [1, 1 + Math.floor(Math.random() * 300), 500, Number.POSITIVE_INFINITY]) {
      const { process, lines, ended } = startProgram(program.path, [JSON.stringify(request)], { env });
      for await (const line of lines) {
        last = line;
        if (Number(line.split(' ')[1]) >= rows) process.kill('SIGKILL');
      }
      if ((await ended) === 'SIGKILL') kills++;
    }
    expect(kills).toBeGreaterThan(1);
    expect(last).toBe(`complete ${ROWS / 2}`);
    const [id = ''] = await readdir(directory);
    const job = join(directory, id);
    const { changes } = await readManyStanding(job);
    expect((changes?.applied ?? 0) + (changes?.unknown ?? 0)).toBe(ROWS / 2);
    for (const [key, { state, note }] of await table())
      expect([key, note]).toEqual([key, state === 'old' ? 'killed' : before.get(key)?.note]);

    // Every row's old value is there, once for each time it was sent.
    const journal = await linesOf(job, 'journal.ndjson');
    const sent = journal.filter((line) => 'cql' in line);
    const ends = journal.filter(({ outcome }) => outcome !== undefined);
    expect(ends).toHaveLength(sent.length);
    const kept = new Set(ends.filter(({ outcome }) => outcome !== 'not_sent').map(({ n }) => n));
    expect(kept.size).toBe(ROWS / 2);
    for (const { n, before: old, change } of sent) {
      if (!kept.has(n)) continue;
      const { p, c } = Object(change).key;
      expect(Object(old).cells.note.value).toBe(before.get(`${p}/${c}`)?.note);
    }

    const undone = await ran(
      { options: { mode, consistency: 'QUORUM' } },
      { earlier: { directory: job, take: 'undo' } },
    );
    expect(undone.counts).toMatchObject({ applied: changes?.applied, refused: changes?.unknown, notApplied: 0 });
  });
});

describe('what a deletion would cover', () => {
  it('is counted up to a bound, with the static values that go with a partition', async () => {
    await fill(60);
    await plain.execute(`UPDATE ${KEYSPACE}.t SET s = 'kept' WHERE p = 2`);
    const count = (change: Parameters<typeof countDeletion>[1]['change']) =>
      countDeletion(cluster, { keyspace: KEYSPACE, table: 't', change }, planning);
    expect(await count({ kind: 'delete_partition', key: { p: 2 } })).toMatchObject({
      rows: 10,
      isComplete: true,
      statics: { s: 'kept' },
    });
    const range = {
      kind: 'delete_range',
      key: { p: 2 },
      from: { value: 3, inclusive: false },
      to: { value: 7, inclusive: true },
    } as const;
    expect(await count(range)).toMatchObject({ rows: 4, statics: null });
    await plain.execute(`UPDATE ${KEYSPACE}.t SET s = 'alone' WHERE p = 77`);
    expect(await count({ kind: 'delete_partition', key: { p: 77 } })).toMatchObject({
      rows: 0,
      statics: { s: 'alone' },
    });
    const many = Array.from({ length: 12_500 }, (_, c) => [99, c]);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (p, c) VALUES (?, ?)`, many);
    const { rows, isComplete } = await count({ kind: 'delete_partition', key: { p: 99 } });
    expect([rows >= 10_000, isComplete]).toEqual([true, false]);
  });
});
