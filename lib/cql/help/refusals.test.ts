import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '@/lib/contract/errors';
import { errorHelp } from './error-help';
import { edited } from './help';
import { REFUSALS } from './refusals';
import { BY_SETTINGS, HOME, REFUSED } from './test-refusals';

function helpFor(statement: string, said: string, code: ErrorCode = 'invalid_statement') {
  return errorHelp({ statement, error: { code, message: said, detail: said }, keyspace: HOME, keyspaces: [] });
}

describe('a refusal in the table', () => {
  it.each(REFUSED)('$statement', ({ statement, said, marks, cause, fixed }) => {
    const help = helpFor(statement, said);
    const range = help?.range ?? null;
    const [change] = help?.suggestions ?? [];
    expect({
      marks: range && statement.slice(range.from, range.to),
      cause: help?.cause,
      fixed: change === undefined ? null : edited(statement, change.edits),
    }).toEqual({ marks, cause, fixed });
    // What to do is said in any case, and no placeholder is left.
    expect(help?.advice).toMatch(/^[^$]+[^$\s]$/);
  });

  it.each(BY_SETTINGS)('%s', (said, cause) => {
    expect(helpFor('SELECT * FROM t', said)?.cause).toBe(cause);
  });

  it('is tried: every row has words of a server or of its source, and explains them', () => {
    const words = [...REFUSED.map(({ said }) => said), ...BY_SETTINGS.map(([said]) => said)];
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
