import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig, failureOf, testBed } from '@/lib/cassandra/test-support';
import { EACH_KEPT_ROWS, EACH_ROWS } from '@/lib/contract/limits';
import { type EachLine, type EachRequest, eachLineSchema, eachRequestSchema } from '@/lib/contract/parameters';
import { planEach } from './plan';
import { EachRun } from './run';

const KEYSPACE = 'ringside_each_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.people (id int PRIMARY KEY, name text, tags set<text>)`,
    `CREATE TABLE ${KEYSPACE}.counts (k int PRIMARY KEY, n counter)`,
    `CREATE TABLE ${KEYSPACE}.once (k int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.lines (k int, c int, PRIMARY KEY (k, c))`,
  ],
);

type Asked = Omit<EachRequest, 'id' | 'markers'> & { readonly markers?: EachRequest['markers'] };

function planOf({ markers, ...asked }: Asked, on = cluster) {
  const columns = markers ?? asked.rows[0]?.map((_, column) => ({ column })) ?? [];
  return planEach(on, eachRequestSchema.parse({ id: randomUUID(), markers: columns, ...asked }));
}

const confirmed = (statement: string, rows: Asked['rows']) => ({
  ...{ statement, rows },
  confirm: { statement, rows: rows.length },
});

async function linesOf(asked: Asked, onLine: (line: EachLine, run: EachRun) => void = () => undefined) {
  const run = new EachRun(await planOf(asked));
  const lines: EachLine[] = [];
  for await (const line of run.lines(await cluster.client(asked.keyspace), new AbortController().signal)) {
    lines.push(eachLineSchema.parse(line));
    onLine(line, run);
  }
  const end = lines.at(-1);
  if (end === undefined || !('end' in end)) throw new Error('it has no end');
  return {
    ...end.end,
    faults: lines.flatMap((line) => ('faults' in line ? line.faults : [])),
    results: lines.flatMap((line) => ('results' in line ? line.results : [])),
    columns: lines.flatMap((line) => ('columns' in line ? line.columns : [])),
  };
}

async function countOf(table: string): Promise<number> {
  const { rows } = await plain.execute(`SELECT COUNT(*) AS n FROM ${KEYSPACE}.${table}`);
  return Number(rows[0]?.get('n'));
}

const INSERT = `INSERT INTO ${KEYSPACE}.people (id, name, tags) VALUES (?, ?, ?)`;

describe('a statement for each row', () => {
  it('inserts ten thousand rows, and keeps the bad ones with their reasons', async () => {
    const rows = Array.from({ length: 10_000 }, (_, id) => {
      if (id % 2_500 === 7) return ['seven', `n${id}`, "{'a'}"];
      if (id === 99) return ['', 'no key', "{'a'}"];
      if (id === 500) return [String(id), 'no set', '{a'];
      if (id === 501) return [String(id)];
      return [String(id), `n${id}`, "{'a', 'b'}"];
    });
    const { outcome, progress, faults } = await linesOf(confirmed(INSERT, rows));
    expect(outcome).toBe('complete');
    expect(progress).toMatchObject({ rows: 10_000, done: 9_993, refused: 7, unknown: 0, inFlight: 0 });
    expect(faults.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual([7, 99, 500, 501, 2_507, 5_007, 7_507]);
    const reasons = new Map(faults.map(({ row, message }) => [row, message]));
    expect(reasons.get(7)).toMatch(/^id: expected int/);
    expect(reasons.get(99)).toMatch(/null/i);
    expect(reasons.get(500)).toMatch(/^tags: expected a CQL literal/);
    expect(reasons.get(501)).toMatch(/^name: the row has 1 cell, so column 2 is missing/);
    expect(faults.every(({ outcome: ended }) => ended === 'refused')).toBe(true);
    expect(await countOf('people')).toBe(9_993);
    expect(progress.latencyMs?.max).toBeGreaterThanOrEqual(progress.latencyMs?.p50 ?? Number.NaN);
  }, 60_000);

  it('takes fixed values, nulls and columns left as they are', async () => {
    const statement = `INSERT INTO ${KEYSPACE}.people (id, name, tags) VALUES (:id, :name, :tags)`;
    await plain.execute(`INSERT INTO ${KEYSPACE}.people (id, name, tags) VALUES (-1, 'kept', {'x'})`);
    const markers = [{ column: 1 }, { column: 0 }, { unset: true as const }];
    const rows = [
      ['', '-1'],
      [null, '-2'],
      ['new', '-3'],
    ];
    expect((await linesOf({ ...confirmed(statement, rows), markers, empty: 'unset' })).progress.done).toBe(3);
    const { rows: found } = await plain.execute(
      `SELECT id, name, tags FROM ${KEYSPACE}.people WHERE id IN (-3, -2, -1)`,
    );
    expect(found.map((row) => [row.get('id'), row.get('name'), row.get('tags')])).toEqual([
      [-3, 'new', null],
      [-2, null, null],
      [-1, 'kept', ['x']],
    ]);
    const fixed = [{ column: 0 }, { value: 'fixed' }, { value: ['t'] }];
    await linesOf({ ...confirmed(statement, [['-4']]), markers: fixed });
    const { rows: four } = await plain.execute(`SELECT name, tags FROM ${KEYSPACE}.people WHERE id = -4`);
    expect([four[0]?.get('name'), four[0]?.get('tags')]).toEqual(['fixed', ['t']]);
  });

  it('sends each row once: a counter counts as often as the list has it', async () => {
    const statement = `UPDATE ${KEYSPACE}.counts SET n = n + ? WHERE k = ?`;
    const rows = Array.from({ length: 500 }, (_, at) => ['1', String(at % 5)]);
    expect((await linesOf({ ...confirmed(statement, rows), concurrency: 32 })).progress).toMatchObject({ done: 500 });
    const { rows: found } = await plain.execute(`SELECT k, n FROM ${KEYSPACE}.counts`);
    expect(found.map((row) => String(row.get('n')))).toEqual(['100', '100', '100', '100', '100']);
  });

  it('tells rows that were not applied', async () => {
    const statement = `INSERT INTO ${KEYSPACE}.once (k, v) VALUES (?, ?) IF NOT EXISTS`;
    const rows = [
      ['1', '10'],
      ['2', '20'],
      ['1', '30'],
      ['1', '40'],
    ];
    const { progress, results, faults } = await linesOf({ ...confirmed(statement, rows), concurrency: 1 });
    expect(faults).toEqual([]);
    expect(progress).toMatchObject({ done: 4, notApplied: 2 });
    expect(results).toEqual(
      [2, 3].map((row) => ({ row, values: [[false, 1, 10]], more: false, columns: ['[applied]', 'k', 'v'] })),
    );
  });

  it('reads, keeps the first rows and counts the others', async () => {
    const insert = `INSERT INTO ${KEYSPACE}.lines (k, c) VALUES (?, ?)`;
    const rows = Array.from({ length: 20 }, (_, k) =>
      Array.from({ length: 120 }, (_c, c) => [String(k), String(c)]),
    ).flat();
    await linesOf({ ...confirmed(insert, rows), concurrency: 64 });
    const statement = `SELECT c, k AS c2 FROM ${KEYSPACE}.lines WHERE k = ?`;
    const keys = Array.from({ length: 21 }, (_, k) => [String(k)]);
    const { progress, results, columns } = await linesOf({ statement, rows: keys, concurrency: 128 });
    expect(progress).toMatchObject({ done: 21, returned: 2_000, refused: 0 });
    expect(columns).toEqual([
      { name: 'c', type: 'int' },
      { name: 'c2', type: 'int' },
    ]);
    expect(results.reduce((sum, { values }) => sum + values.length, 0)).toBe(EACH_KEPT_ROWS);
    expect(results.filter(({ values }) => values.length === 100).every(({ more }) => more)).toBe(true);
  });

  it('stops: nothing more is sent, and what was sent is counted', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [String(100_000 + at), 'stop', '']);
    const before = await countOf('people');
    const { outcome, progress } = await linesOf({ ...confirmed(INSERT, rows), concurrency: 4 }, (line, run) => {
      if ('progress' in line && line.progress.done > 0) run.stop();
    });
    expect(outcome).toBe('stopped');
    expect(progress.done).toBeGreaterThan(0);
    expect(progress).toMatchObject({ inFlight: 0, refused: 0, unknown: 0 });
    expect(progress.done).toBeLessThan(20_000);
    expect((await countOf('people')) - before).toBe(progress.done);
  }, 60_000);

  it('ends at the first failure, if asked', async () => {
    const rows = [
      ['1000001', 'a', ''],
      ['x', 'b', ''],
      ['1000002', 'c', ''],
    ];
    const { outcome, progress } = await linesOf({ ...confirmed(INSERT, rows), concurrency: 1, stopOnFailure: true });
    expect(outcome).toBe('failed');
    expect(progress).toMatchObject({ done: 1, refused: 1 });
  });
});

describe('what does not run for each row', () => {
  const rows = [
    ['1', 'a', ''],
    ['2', 'b', ''],
  ];

  it('is a write that was not confirmed with its text and its number of rows', async () => {
    const before = await countOf('people');
    for (const confirm of [undefined, { statement: INSERT, rows: 1 }, { statement: `${INSERT} `, rows: 2 }]) {
      const asked = { statement: INSERT, rows, ...(confirm === undefined ? {} : { confirm }) };
      expect((await failureOf(planOf(asked))).code).toBe('confirmation_required');
    }
    expect(await countOf('people')).toBe(before);
  });

  it('is a write on a cluster that is read-only here', async () => {
    const readOnly = new Cluster(clusterConfig({ writes: false }));
    expect((await failureOf(planOf(confirmed(INSERT, rows), readOnly))).code).toBe('read_only');
    await readOnly.close();
  });

  it.each([
    ['CREATE TABLE x (k int PRIMARY KEY)', 'CREATE TABLE cannot run for each row'],
    [`TRUNCATE ${KEYSPACE}.once`, ''],
    [`SELECT * FROM ${KEYSPACE}.once`, 'The statement has 0 bind markers'],
    [`SELECT * FROM ${KEYSPACE}.once WHERE k = ? AND v = ? ALLOW FILTERING`, 'The statement has 2 bind markers'],
  ])('is %s', async (statement, message) => {
    const failure = await failureOf(planOf(confirmed(statement, rows)));
    expect(failure.message).toContain(message);
  });

  it('is a list without columns that are used, or unset in a read', async () => {
    const statement = `SELECT * FROM ${KEYSPACE}.once WHERE k = ?`;
    const fixed = await failureOf(planOf({ statement, rows, markers: [{ value: 1 }] }));
    expect(fixed.message).toContain('No bind marker takes a value from the list');
    const unset = await failureOf(planOf({ statement, rows, markers: [{ column: 0 }], empty: 'unset' }));
    expect(unset.message).toContain('can be left unset only in a statement that changes data');
  });

  it('is a list that is too long', () => {
    const many = {
      id: randomUUID(),
      statement: INSERT,
      markers: [],
      rows: Array.from({ length: EACH_ROWS + 1 }, () => ['1']),
    };
    expect(eachRequestSchema.safeParse(many).error?.issues[0]?.message).toContain('a list has at most 100000 rows');
  });
});
