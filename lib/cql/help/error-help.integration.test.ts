import { describe, expect, it } from 'vitest';
import { failureOf, runQuery, testBed } from '@/lib/cassandra/test-support';
import { errorHelp } from './error-help';
import { edited } from './help';
import { HOME, KEYSPACES, MISTAKES, TABLES } from './test-mistakes';
import { answerOf } from './test-refusals';

const { cluster } = testBed(
  [HOME],
  TABLES.map((table) => `CREATE TABLE ${HOME}.${table}`),
);

/** As the editor runs it, in the keyspace in use. */
function run(statement: string, keyspace: string | null) {
  return runQuery(cluster, { statement, ...(keyspace === null ? {} : { keyspace }) });
}

describe('every suggestion', () => {
  it.each(MISTAKES)('runs: $statement', async (mistake) => {
    const { statement, keyspace: none } = mistake;
    const keyspace = none === null ? null : HOME;
    const error = await failureOf(run(statement, keyspace));
    const { release } = await cluster.identity();
    const { marks, cause, fixed } = answerOf(mistake, release);
    const help = errorHelp({ statement, error, keyspace, keyspaces: KEYSPACES, release });
    const range = help?.range ?? null;
    const first = help?.suggestions[0];
    expect([range && statement.slice(range.from, range.to), help?.cause]).toEqual([marks, cause]);
    expect(first === undefined ? null : edited(statement, first.edits)).toBe(fixed);
    for (const { edits } of help?.suggestions ?? []) {
      const mended = edited(statement, edits);
      await run(mended, keyspace);
      if (mended.startsWith('CREATE TABLE')) {
        const drop = `DROP TABLE ${HOME}.made`;
        await runQuery(cluster, { statement: drop, confirm: { statement: drop, name: 'made' } });
      }
    }
  });
});
