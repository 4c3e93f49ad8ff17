import { describe, expect, it } from 'vitest';
import { failureOf, runQuery, testBed } from '@/lib/cassandra/test-support';
import { isSince } from '../release';
import { errorHelp } from './error-help';
import { edited } from './help';
import { HOME, KEYSPACES, MISTAKES, TABLES } from './test-mistakes';

const { cluster } = testBed(
  [HOME],
  TABLES.map((table) => `CREATE TABLE ${HOME}.${table}`),
);

/** As the editor runs it, in the keyspace in use. */
function run(statement: string, keyspace: string | null) {
  return runQuery(cluster, { statement, ...(keyspace === null ? {} : { keyspace }) });
}

describe('every suggestion', () => {
  it.each(MISTAKES)('runs: $statement', async ({ statement, keyspace: none, marks, cause, fixed }) => {
    const keyspace = none === null ? null : HOME;
    const error = await failureOf(run(statement, keyspace));
    const help = errorHelp({ statement, error, keyspace, keyspaces: KEYSPACES });
    const { release } = await cluster.identity();
    // Older releases say some things in other words; what is suggested there must run all the same.
    if (isSince(release, '5.0')) {
      const range = help?.range ?? null;
      const first = help?.suggestions[0];
      expect([range && statement.slice(range.from, range.to), help?.cause]).toEqual([marks, cause]);
      expect(first === undefined ? null : edited(statement, first.edits)).toBe(fixed);
    }
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
