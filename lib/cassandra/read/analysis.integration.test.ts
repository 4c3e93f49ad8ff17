import { describe, expect, it } from 'vitest';
import { ANALYSIS_SCHEMA, FIXTURE_PARTITIONS, REFUSED, SCHEMA_CHANGES, WRITES } from '@/lib/cql/test-analysis';
import { failureOf, runQuery, testBed } from '../test-support';
import { classifyStatement } from './query-plan';

/** Claims of the analysis, held to a real server: the rows before and after each write. */

const KEYSPACE = 'ringside_analysis_test';
const named = (text: string) => text.replaceAll('{ks}', KEYSPACE);
const { cluster, plain } = testBed([KEYSPACE], ANALYSIS_SCHEMA.map(named));
const QUORUM = { consistency: 6, prepare: false };

/** Names of the fixture's tables, qualified. */
const qualified = (text: string) =>
  text.replace(/(?<=\b(?:INTO|UPDATE|FROM|TRUNCATE) )(t|n|one|people|peopel|peple)\b/g, `${KEYSPACE}.$1`);
const execute = (text: string) => plain.execute(qualified(text), [], QUORUM);

async function fill(): Promise<void> {
  for (const [a, b] of FIXTURE_PARTITIONS) {
    const rows = [1, 2].flatMap((c) =>
      [1, 2].map((d) => `INSERT INTO ${KEYSPACE}.t (a, b, c, d, v) VALUES (${a}, ${b}, ${c}, ${d}, 1);`),
    );
    await plain.execute(`DELETE FROM ${KEYSPACE}.t WHERE a = ${a} AND b = ${b}`, [], QUORUM);
    const fixed = `INSERT INTO ${KEYSPACE}.t (a, b, s) VALUES (${a}, ${b}, 1);`;
    await plain.execute(`BEGIN BATCH ${fixed} ${rows.join(' ')} APPLY BATCH`, [], QUORUM);
  }
  for (const k of [7, 8, 9]) await execute(`DELETE FROM one WHERE k = ${k}`);
  for (const k of [1, 2, 3]) await execute(`INSERT INTO one (k, v, w) VALUES (${k}, 1, 1)`);
  for (const k of [1, 2])
    for (const c of [1, 2]) await execute(`UPDATE n SET hits = hits + 1 WHERE k = ${k} AND c = ${c}`);
}

/** Every row, and the static value of every partition, by key. */
async function contents(): Promise<Map<string, { partition: string; isStatic: boolean; value: string }>> {
  const all = new Map<string, { partition: string; isStatic: boolean; value: string }>();
  const put = (key: string, partition: string, value: unknown, isStatic = false) => {
    all.set(key, { partition, isStatic, value: JSON.stringify(value) });
  };
  for (const row of (await execute('SELECT a, b, c, d, s, v, m FROM t')).rows) {
    const partition = `t ${row.a} ${row.b}`;
    if (row.c !== null) put(`${partition} ${row.c} ${row.d}`, partition, [row.v, row.m]);
    if (row.s !== null) put(`${partition} static`, partition, row.s, true);
  }
  for (const row of (await execute('SELECT k, v, w FROM one')).rows)
    put(`one ${row.k}`, `one ${row.k}`, [row.v, row.w]);
  for (const row of (await execute('SELECT k, c, hits FROM n')).rows)
    put(`n ${row.k} ${row.c}`, `n ${row.k}`, String(row.hits));
  return all;
}

async function changesOf(act: () => Promise<unknown>): Promise<{ rows: number; partitions: number }> {
  const before = await contents();
  await act();
  const after = await contents();
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const changed = keys.filter((key) => before.get(key)?.value !== after.get(key)?.value);
  const entries = changed.flatMap((key) => before.get(key) ?? after.get(key) ?? []);
  return {
    rows: entries.filter(({ isStatic }) => !isStatic).length,
    partitions: new Set(entries.map(({ partition }) => partition)).size,
  };
}

describe('what a write changes', () => {
  it.each(WRITES)('$text: $summary', async ({ text, summary, does }) => {
    const { change, refusal } = await classifyStatement(cluster, text, KEYSPACE);
    expect(refusal).toBeNull();
    expect(change?.summary).toBe(summary);
    await fill();
    const name = text.startsWith('TRUNCATE') ? { name: text.slice('TRUNCATE '.length) } : {};
    const request = {
      statement: text,
      keyspace: KEYSPACE,
      consistency: 'QUORUM',
      confirm: { statement: text, ...name },
    } as const;
    const changed = await changesOf(() => runQuery(cluster, request));
    // Rows of a DELETE of whole partitions take their static value with them.
    expect(changed).toEqual(does);
    if (change?.rows != null) expect(changed.rows).toBeLessThanOrEqual(change.rows);
    if (change?.partitions != null) expect(changed.partitions).toBeLessThanOrEqual(change.partitions);
  });
});

describe('what Cassandra refuses', () => {
  it.each(REFUSED)('$text: $says', async ({ text, says }) => {
    const { refusal, target } = await classifyStatement(cluster, text, KEYSPACE);
    expect(refusal?.message).toBe(`Cassandra refuses this: ${named(says)}`);
    const confirm = { statement: text, ...(target === null ? {} : { name: target.name }) };
    const failure = await failureOf(runQuery(cluster, { statement: text, keyspace: KEYSPACE, confirm }));
    expect(failure.code).toMatch(/^(invalid_statement|not_found|already_exists)$/);
  });

  it.each(['SELCT * FROM t', "COPY t TO 'x'", "SELECT 'x FROM t"])('%s is not sent', async (text) => {
    const failure = await failureOf(runQuery(cluster, { statement: text, keyspace: KEYSPACE }));
    expect(failure).toMatchObject({ code: 'syntax_error' });
    expect(failure.message).toContain('It was not sent to Cassandra');
  });
});

describe('what a schema change does', () => {
  it.each(SCHEMA_CHANGES)('$text: $summary', async ({ text, summary, facts }) => {
    const { change, refusal, isDestructive, target } = await classifyStatement(cluster, text, KEYSPACE);
    expect(refusal).toBeNull();
    expect(change).toMatchObject({ summary: named(summary), facts: facts.map(named) });
    const confirm = { statement: text, ...(isDestructive && target !== null ? { name: target.name } : {}) };
    await runQuery(cluster, { statement: text, keyspace: KEYSPACE, confirm });
  });
});
