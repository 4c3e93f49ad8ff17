import { beforeAll, describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { failureOf, testBed } from '@/lib/cassandra/test-support';
import { isSince } from '../release';
import { errorHelp } from './error-help';
import { type Answer, answerOf, HOME, LATER, REFUSED, SCHEMA } from './test-refusals';

const { cluster, plain } = testBed([HOME]);

/** The statement alone, as the server gets it; the error as the page gets it. */
function run(statement: string): Promise<unknown> {
  return plain.execute(statement).catch((error: unknown) => {
    throw toFailure(error);
  });
}

let release: string | null = null;

beforeAll(async () => {
  ({ release } = await cluster.identity());
  await plain.execute(`USE ${HOME}`);
  for (const statement of SCHEMA) {
    if (isSince(release, '5.0') || !/\bveci?\b/.test(statement)) await plain.execute(statement);
  }
});

async function expectAnswer(statement: string, { said, cause, fixed }: Answer) {
  const error = await failureOf(run(statement));
  expect(error.detail).toContain(said.slice(0, 60));
  const help = errorHelp({ statement, error, keyspace: HOME, keyspaces: [], release });
  expect(help?.cause ?? null).toBe(cause?.replace('{release}', String(release)) ?? null);
  expect(help?.suggestions.length ?? 0).toBe(fixed === null ? 0 : 1);
  if (fixed !== null) await run(fixed);
}

describe('the table of refusals', () => {
  it.each(REFUSED)('has a real one: $statement', async (refused) => {
    await expectAnswer(refused.statement, answerOf(refused, release));
  });
});

describe('what came with a later release', () => {
  it.each(LATER)('is named as such by one before: $statement', async ({ statement, since, ...answer }) => {
    if (isSince(release, since) === false) await expectAnswer(statement, answer);
  });
});
