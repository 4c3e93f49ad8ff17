import { beforeAll, describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { failureOf, testBed } from '@/lib/cassandra/test-support';
import { isSince } from '../release';
import { errorHelp } from './error-help';
import { HOME, REFUSED, SCHEMA } from './test-refusals';

const { cluster, plain } = testBed([HOME]);

/** The statement alone, as the server gets it; the error as the page gets it. */
function run(statement: string): Promise<unknown> {
  return plain.execute(statement).catch((error: unknown) => {
    throw toFailure(error);
  });
}

describe('the table of refusals', () => {
  let isOf5: boolean | undefined;
  beforeAll(async () => {
    isOf5 = isSince((await cluster.identity()).release, '5.0');
    await plain.execute(`USE ${HOME}`);
    // Vectors and SAI are of 5.0: on older releases their statements are refused for another reason.
    for (const statement of SCHEMA) {
      if (isOf5 || !/\bveci?\b/.test(statement)) await plain.execute(statement);
    }
  });

  it.each(REFUSED)('has a real one: $statement', async ({ statement, said, cause, fixed }) => {
    const error = await failureOf(run(statement));
    if (!isOf5) return;
    expect(error.detail).toContain(said.slice(0, 60));
    expect(errorHelp({ statement, error, keyspace: HOME, keyspaces: [] })?.cause).toBe(cause);
    if (fixed !== null) await run(fixed);
  });
});
