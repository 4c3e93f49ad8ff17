import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import type { QueryRequest } from '@/lib/contract/reads';
import { type ScriptStatementEnd, scriptRequestSchema } from '@/lib/contract/scripts';
import { runScript } from './run-script';
import { testBed } from './test-support';

const KEYSPACE = 'ringside_run_script';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.counts (k int PRIMARY KEY, n counter)`,
  ],
);

const confirmed = (statement: string): QueryRequest => ({ statement, confirm: { statement } });
const insert = (k: number, v: number) => confirmed(`INSERT INTO ${KEYSPACE}.t (k, v) VALUES (${k}, ${v})`);

async function run(
  statements: readonly QueryRequest[],
  onFailure: 'stop' | 'continue' = 'stop',
  endings: Partial<Record<'signal' | 'stop', AbortSignal>> = {},
): Promise<ScriptStatementEnd[]> {
  const ends: ScriptStatementEnd[] = [];
  const request = scriptRequestSchema.parse({ id: randomUUID(), statements, onFailure });
  const { signal: never } = new AbortController();
  for await (const end of runScript(cluster, request, ANONYMOUS, { signal: never, stop: never, ...endings })) {
    ends.push(end);
  }
  return ends;
}

const storedValue = async (k: number) => {
  const { rows } = await plain.execute(`SELECT v FROM ${KEYSPACE}.t WHERE k = ${k}`);
  return rows.length === 0 ? null : Number(rows[0]?.get('v'));
};

describe('the writes of a script', () => {
  it('run in their order, each once', async () => {
    const add = confirmed(`UPDATE ${KEYSPACE}.counts SET n = n + 1 WHERE k = 1`);
    const ends = await run([insert(1, 1), add, insert(1, 2), add, insert(1, 3)]);
    expect(ends.map(({ error }) => error)).toEqual(Array.from({ length: 5 }, () => undefined));
    expect(await storedValue(1)).toBe(3);
    const { rows } = await plain.execute(`SELECT n FROM ${KEYSPACE}.counts WHERE k = 1`);
    expect(String(rows[0]?.get('n'))).toBe('2');
  });

  it('end at the first failure, or go on, as asked', async () => {
    const wrong = confirmed(`INSERT INTO ${KEYSPACE}.t (k, v) VALUES (2, 'two')`);
    const stopped = await run([insert(3, 1), wrong, insert(4, 1)]);
    expect(stopped.map(({ error }) => error?.code)).toEqual([undefined, 'invalid_statement']);
    expect(await storedValue(4)).toBeNull();
    const all = await run([wrong, insert(4, 1)], 'continue');
    expect(all.map(({ error }) => error?.code)).toEqual(['invalid_statement', undefined]);
    expect(await storedValue(4)).toBe(1);
  });

  it('need the confirmation of their exact text, like a statement alone, and are no reads', async () => {
    const drop = `DROP TABLE ${KEYSPACE}.t`;
    const ends = await run(
      [
        { statement: insert(5, 1).statement },
        { ...insert(5, 1), confirm: { statement: insert(5, 2).statement } },
        confirmed(drop),
        confirmed(`SELECT * FROM ${KEYSPACE}.t`),
      ],
      'continue',
    );
    expect(ends.map(({ error }) => error?.code)).toEqual([
      'confirmation_required',
      'confirmation_required',
      'confirmation_required',
      'invalid_request',
    ]);
    expect(await storedValue(5)).toBeNull();
  });

  it('are not sent once their reader has left, or they were stopped', async () => {
    const gone = new AbortController();
    gone.abort(new Error('gone'));
    expect(await run([insert(6, 1)], 'stop', { signal: gone.signal })).toEqual([]);
    expect(await run([insert(6, 1)], 'stop', { stop: gone.signal })).toEqual([]);
    expect(await storedValue(6)).toBeNull();
  });
});
