import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '@/lib/contract/errors';
import { errorHelp } from './error-help';
import { edited } from './help';
import { REFUSALS } from './refusals';
import { type Answer, BY_SETTINGS, HOME, LATER, REFUSED, RELEASE_BEFORE } from './test-refusals';

function helpFor(statement: string, said: string, code: ErrorCode = 'invalid_statement', release = '5.0.9') {
  const place = /^line (\d+):(\d+) /.exec(said);
  const position = place === null ? {} : { position: { line: Number(place[1]), column: Number(place[2]) } };
  const error = { code: place === null ? code : 'syntax_error', message: said, detail: said, ...position };
  return errorHelp({ statement, error, keyspace: HOME, keyspaces: [], release });
}

function expectAnswer(statement: string, { said, marks, cause, fixed }: Answer, release = '5.0.9') {
  const help = helpFor(statement, said, undefined, release);
  const range = help?.range ?? null;
  const [change] = help?.suggestions ?? [];
  expect({
    marks: range && statement.slice(range.from, range.to),
    cause: help?.cause ?? null,
    fixed: change === undefined ? null : edited(statement, change.edits),
  }).toEqual({ marks, cause: cause?.replace('{release}', release) ?? null, fixed });
  // What to do is said in any case, and no placeholder is left.
  if (help !== null) expect(help.advice).toMatch(/^[^$]+[^$\s]$/);
}

describe('a refusal in the table', () => {
  it.each(REFUSED)('$statement', ({ statement, ...answer }) => {
    expect(answer.cause).not.toBeNull();
    expectAnswer(statement, answer);
  });

  const earlier = REFUSED.flatMap(({ statement, earlier: answers = [] }) =>
    answers.map((answer) => ({ statement, answer, release: RELEASE_BEFORE[answer.before] })),
  );
  it.each(earlier)('$statement, as $release refuses it', ({ statement, answer, release }) => {
    expectAnswer(statement, answer, release);
  });

  it.each(LATER)('$statement, which came with $since', ({ statement, since, ...answer }) => {
    expectAnswer(statement, answer, RELEASE_BEFORE[since]);
    const now = helpFor(statement, answer.said, undefined, since);
    expect(now?.cause ?? '').not.toContain('came with');
  });

  it.each(BY_SETTINGS)('%s', (said, cause) => {
    expect(helpFor('SELECT * FROM t', said)?.cause).toBe(cause);
  });

  it('is tried: every row has words of a server or of its source, and explains them', () => {
    const answers = REFUSED.flatMap(({ earlier: before = [], ...answer }) => [answer, ...before]);
    const words = [...answers.map(({ said }) => said), ...BY_SETTINGS.map(([said]) => said)];
    const first = (said: string) => REFUSALS.find((row) => row.said.test(said));
    const untried = REFUSALS.filter((row) => !words.some((said) => first(said) === row));
    expect(untried.map(({ said }) => String(said))).toEqual([]);
    expect(REFUSED.length).toBeGreaterThanOrEqual(150);
  });

  it('is explained by whichever error code the server gives it', () => {
    expect(
      helpFor(
        'CREATE TABLE p (id int PRIMARY KEY)',
        'Cannot add already existing table "p" to keyspace "k"',
        'already_exists',
      )?.suggestions,
    ).toHaveLength(1);
    expect(helpFor('ALTER TABLE p WITH nope = 5', "Unknown property 'nope'", 'syntax_error')?.cause).toBe(
      'There is no option nope.',
    );
  });

  it('never takes a condition out of a write: that would change more', () => {
    expect(
      helpFor(
        "DELETE FROM t WHERE k = 1 IF v = 'x'",
        'DELETE statements must restrict all PRIMARY KEY columns with equality relations in order to delete non static columns',
      )?.suggestions,
    ).toEqual([]);
  });
});
