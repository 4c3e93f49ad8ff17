import { describe, expect, it } from 'vitest';
import type { RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { type ChangeEnding, endingAfterLook, endingOf, endingsLine, planEndings } from './ending';

const AT = '2026-11-29T12:00:00.000Z';
const RUN = { token: 'token', statements: [0, 1] };
const outcome = (statement: number, of: Partial<StatementOutcome> = {}): StatementOutcome => ({
  ...{ statement, outcome: 'applied', message: 'Applied.', elapsedMs: 1, mayResend: false },
  ...of,
});
const FAILED = outcome(1, { outcome: 'not_applied', message: 'Not applied.' });
const UNKNOWN = outcome(1, {
  ...{ outcome: 'unknown', message: 'Unknown: no answer came.' },
  look: { found: 'not_there', message: 'Looked again: it is not there yet.' },
});
const of = (...outcomes: (StatementOutcome | undefined)[]) => endingOf(outcomes, { at: AT, run: RUN });

describe('how a change ended', () => {
  it('is nothing to say once all of it was applied', () => {
    expect(of(outcome(0), outcome(1))).toBeUndefined();
    expect(of()).toBeUndefined();
  });

  it('is unknown while one statement is, with where to look again', () => {
    expect(of(outcome(0), UNKNOWN)).toEqual({
      ...{ outcome: 'unknown', at: AT, run: RUN },
      message: 'Unknown: no answer came. Looked again: it is not there yet.',
    });
    expect(of(FAILED, undefined)?.message).toContain('It may have been applied');
  });

  it('is the reason of what failed, also where a part was applied', () => {
    const unsent = outcome(0, { outcome: 'not_sent', message: 'Not sent.' });
    expect(of(unsent, FAILED)).toEqual({ outcome: 'not_applied', message: 'Not applied.', at: AT });
    expect(of(outcome(0), FAILED)).toMatchObject({ outcome: 'half', message: expect.stringMatching(/Not applied\.$/) });
  });

  it('is kept to a length', () => {
    expect(of({ ...FAILED, message: 'x'.repeat(5_000) })?.message).toHaveLength(1_000);
  });

  it('is said of each change of a plan, also of those that no statement made', () => {
    const changes: RowChange[] = [1, 2, 3].map((p) => ({ kind: 'delete', key: { p } }));
    const statement = { cql: '', isConditional: true, after: null, timestampMicros: null, notes: [] };
    const plan = {
      changes,
      statements: [
        { ...statement, changes: [0] },
        { ...statement, changes: [1] },
      ],
      refusals: [{ change: 2, message: 'The row is gone.' }],
    };
    const found = planEndings(plan, new Map([[0, outcome(0)]]), { at: AT, token: 'token' });
    expect([...found]).toMatchObject([
      [1, { outcome: 'unknown', run: { token: 'token', statements: [1] } }],
      [2, { outcome: 'not_sent', message: 'Not sent: The row is gone.' }],
    ]);
  });

  it('changes with another look', () => {
    expect(endingAfterLook(RUN, { outcomes: [outcome(0), outcome(1)] }, AT)).toBeUndefined();
    expect(endingAfterLook(RUN, { outcomes: [outcome(0)] }, AT)?.outcome).toBe('unknown');
  });
});

describe('the line of the bar', () => {
  const failed: ChangeEnding = { outcome: 'refused', message: 'Refused: no right.', at: AT };
  const unknown: ChangeEnding = { outcome: 'unknown', message: 'Unknown: no answer came.', at: AT };

  it('counts what failed and what may have been applied, with the reason', () => {
    expect(endingsLine([])).toBeNull();
    expect(endingsLine([failed])).toBe('1 change failed: Refused: no right.');
    expect(endingsLine([failed, unknown])).toBe(
      '1 change failed, 1 change may have been applied. First: Refused: no right.',
    );
  });
});
