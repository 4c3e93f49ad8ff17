import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, insertAll, testBed } from '@/lib/cassandra/test-support';
import { type CompareRequest, compareRequestSchema } from '@/lib/contract/compare';
import { ANONYMOUS } from '@/lib/contract/principal';
import { IN_ORDER, PAIR, typeInOrder } from '@/lib/local/test-values-in-order';
import { linesOf } from '@/lib/test-lines';
import { fromJson } from '@/lib/wire/encode';
import { runCompare } from './compare-kind';
import { describedPlan, planCompare } from './plan';
import { readCompareStanding } from './state';

const KEYSPACE = 'ringside_compare';
const COLUMNS = 'p int, c text, d int, s text static, v text, n int, tags set<text>, spot frozen<point>';
const KEY = 'PRIMARY KEY (p, c, d)) WITH CLUSTERING ORDER BY (c DESC, d ASC)';
/** Types that can be a clustering column. */
const TYPES = IN_ORDER.filter(([type]) => !/^(counter|vector)/.test(type));
const nameOf = (type: string) => type.replace(/\W+/g, '_').replace(/_$/, '');

const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TYPE ${KEYSPACE}.point (x int, y double)`,
    PAIR.replace('KS', KEYSPACE),
    `CREATE TABLE ${KEYSPACE}.a (${COLUMNS}, ${KEY}`,
    `CREATE TABLE ${KEYSPACE}.b (${COLUMNS}, more int, ${KEY}`,
    `CREATE TABLE ${KEYSPACE}.other_key (p int, c text, d int, v text, PRIMARY KEY (p, c, d))`,
    ...TYPES.flatMap(([type]) =>
      ['a', 'b'].map(
        (side) => `CREATE TABLE ${KEYSPACE}.${side}_${nameOf(type)} (p int, c ${type}, v int, PRIMARY KEY (p, c))`,
      ),
    ),
  ],
);
let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-compare-'));
});
afterAll(() => rm(base, { recursive: true }));

const sides = { source: cluster, target: cluster };
const requestOf = (source: string, target: string, more: Partial<CompareRequest> = {}) =>
  compareRequestSchema.parse({
    keyspace: KEYSPACE,
    table: source,
    target: { keyspace: KEYSPACE, table: target },
    ...more,
  });
async function compared(source: string, target: string, more: Partial<CompareRequest> = {}) {
  const directory = await mkdtemp(join(base, 'job-'));
  const running = { request: requestOf(source, target, more), owner: ANONYMOUS, directory };
  const counts = await runCompare(sides, { ...running, signal: new AbortController().signal, watch: () => undefined });
  return { directory, counts, lines: await linesOf(directory, 'differences.ndjson') };
}
/** 1,200 rows in 60 partitions, each second of which has a static value. */
async function fill(table: string): Promise<void> {
  await plain.execute(`TRUNCATE ${KEYSPACE}.${table}`);
  const all = Array.from({ length: 1_200 }, (_, at) => [at % 60, `c${at % 7}`, at, `v${at}`, at]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.${table} (p, c, d, v, n) VALUES (?, ?, ?, ?, ?)`, all);
  const statics = Array.from({ length: 30 }, (_, at) => [at * 2, `s${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.${table} (p, s) VALUES (?, ?)`, statics);
}
const change = (cql: string) => plain.execute(cql.replaceAll('KS.', `${KEYSPACE}.`));

describe('two tables', () => {
  it('are compared with exactly the differences that were planted, by key', async () => {
    await fill('a');
    await fill('b');
    expect((await compared('a', 'b')).counts).toMatchObject({ equal: 1_230, missing: 0, extra: 0, different: 0 });

    await change("DELETE FROM KS.b WHERE p = 3 AND c = 'c3' AND d = 3");
    await change("INSERT INTO KS.b (p, c, d, v) VALUES (4, 'new', 1, 'x')");
    await change("INSERT INTO KS.b (p, c, d, v) VALUES (777, 'new', 1, 'x')");
    await change("UPDATE KS.b SET v = 'other', tags = {'t'} WHERE p = 5 AND c = 'c5' AND d = 5");
    await change("UPDATE KS.a SET v = '' WHERE p = 6 AND c = 'c6' AND d = 6");
    await change("UPDATE KS.b SET v = null WHERE p = 6 AND c = 'c6' AND d = 6");
    await change("UPDATE KS.b SET s = 'other' WHERE p = 8");
    await change("UPDATE KS.b SET s = 'new' WHERE p = 9");
    await change("UPDATE KS.b SET more = 1 WHERE p = 10 AND c = 'c3' AND d = 10");
    const { counts, lines, directory } = await compared('a', 'b');
    expect(counts).toEqual({
      ...{ sourceRows: 1_230, targetRows: 1_232, equal: 1_226, missing: 1, extra: 3, different: 3, kept: 7 },
    });
    expect(lines).toHaveLength(7);
    const expected = [
      { is: 'missing', key: { p: 3, c: 'c3', d: 3 } },
      { is: 'extra', key: { p: 4, c: 'new', d: 1 } },
      { is: 'extra', key: { p: 777, c: 'new', d: 1 } },
      { is: 'extra', key: { p: 9 } },
      { is: 'different', key: { p: 5, c: 'c5', d: 5 }, columns: ['tags', 'v'] },
      { is: 'different', key: { p: 6, c: 'c6', d: 6 }, columns: ['v'] },
      { is: 'different', key: { p: 8 }, columns: ['s'] },
    ];
    for (const line of expected) expect(lines).toContainEqual(line);
    expect(await readCompareStanding(directory)).toMatchObject({ rows: 2_462, compared: counts });
  });

  it('keep no more differences than asked for, and count them all', async () => {
    await fill('a');
    await plain.execute(`TRUNCATE ${KEYSPACE}.b`);
    const { counts, lines } = await compared('a', 'b', { keep: 10 });
    expect(counts).toMatchObject({ missing: 1_230, kept: 10 });
    expect(lines).toHaveLength(10);
  });

  it.each(TYPES)('are in the order of a clustering column of %s', async (text, values) => {
    const type = typeInOrder(text);
    const storable = values.filter((value) => text !== 'time' || /^\d\d:/.test(String(value)));
    const rows = storable.map((value) => [1, Buffer.from(fromJson(value, type) ?? []), 1]);
    for (const side of ['a', 'b']) {
      const some = side === 'a' ? rows : rows.filter((_, at) => at !== 1);
      await insertAll(plain, `INSERT INTO ${KEYSPACE}.${side}_${nameOf(text)} (p, c, v) VALUES (?, ?, ?)`, some);
    }
    const { counts, lines } = await compared(`a_${nameOf(text)}`, `b_${nameOf(text)}`);
    expect(lines).toEqual([{ is: 'missing', key: { p: 1, c: values[1] } }]);
    expect(counts).toMatchObject({ missing: 1, extra: 0, different: 0 });
  });

  it('go on after the ranges that are done, and count each row once', async () => {
    await fill('a');
    await fill('b');
    await change("DELETE FROM KS.b WHERE p = 3 AND c = 'c3' AND d = 3");
    const directory = await mkdtemp(join(base, 'stopped-'));
    const request = requestOf('a', 'b', { rangesAtOnce: 1 });
    const controller = new AbortController();
    const running = { request, owner: ANONYMOUS, directory };
    const stopped = runCompare(sides, {
      ...running,
      signal: controller.signal,
      watch: (progress) => {
        const timer = setInterval(() => {
          if ((progress().scan?.ranges.done ?? 0) < 3) return;
          clearInterval(timer);
          controller.abort(new Error('stopped by the test'));
        }, 1);
      },
    });
    await expect(stopped).rejects.toThrow('stopped by the test');
    const before = await readCompareStanding(directory);
    expect(before.compared?.equal).toBeGreaterThan(0);
    expect(before.compared?.equal).toBeLessThan(1_229);
    const counts = await runCompare(sides, {
      ...running,
      signal: new AbortController().signal,
      watch: () => undefined,
    });
    expect(counts).toMatchObject({ sourceRows: 1_230, equal: 1_229, missing: 1, extra: 0, different: 0 });
    expect(await linesOf(directory, 'differences.ndjson')).toEqual([{ is: 'missing', key: { p: 3, c: 'c3', d: 3 } }]);
  });

  it('are refused where rows cannot be matched, and what is left out is named', async () => {
    expect(await failureOf(planCompare(sides, requestOf('a', 'other_key')))).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('c text DESC'),
    });
    expect(await failureOf(planCompare(sides, requestOf('a', 'a')))).toMatchObject({ code: 'invalid_request' });
    expect(await failureOf(planCompare(sides, requestOf('a', 'gone')))).toMatchObject({ code: 'not_found' });
    const plan = describedPlan(await planCompare(sides, requestOf('a', 'b')));
    expect(plan).toMatchObject({ key: ['p', 'c', 'd'], left: [{ name: 'more', why: 'only the target has it' }] });
    expect(plan.source).toContain(`FROM ${KEYSPACE}.a`);
    expect(plan.notes.join(' ')).toContain('changes while the tables are compared');
  });
});
