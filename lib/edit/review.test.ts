import { describe, expect, it } from 'vitest';
import {
  type MutationPlan,
  mutationOptionsSchema,
  type RowChange,
  type StatementOutcome,
} from '@/lib/contract/mutations';
import { note } from './notes';
import {
  changeEnds,
  choicesFor,
  differsWords,
  groupedNotes,
  numbered,
  optionsFor,
  outcomeCounts,
  settledKeys,
  shownCells,
} from './review';
import { COUNTS, KEY, rowOf, T } from './test-plan';

const at = (c: number) => ({ ...KEY, c });
const set = (c: number): RowChange => ({ kind: 'update', key: at(c), edits: { v: { set: 2 } } });
const statement = (changes: number[], more: Partial<MutationPlan['statements'][number]> = {}) => ({
  ...{ cql: `UPDATE ${changes.join()}`, changes, isConditional: true, after: null, timestampMicros: null, notes: [] },
  ...more,
});
const planOf = (changes: RowChange[], statements: MutationPlan['statements']): MutationPlan => ({
  ...{ token: 't', expiresAt: '2026-11-29T12:00:00Z', confirmName: null, consistency: 'ONE', serialConsistency: null },
  ...{ changes, statements, notes: [], refusals: [], rows: changes.map(() => null) },
});
const outcomesOf = (...ends: (StatementOutcome['outcome'] | null)[]) =>
  new Map(
    ends.flatMap((outcome, index): [number, StatementOutcome][] =>
      outcome === null ? [] : [[index, { statement: index, outcome, message: '', elapsedMs: 1, mayResend: false }]],
    ),
  );

describe('the cells of a change', () => {
  it('are what was read, or else seen, and what they become', () => {
    const change: RowChange = {
      kind: 'update',
      key: KEY,
      seen: { v: 1, w: 'a' },
      edits: { v: { set: null }, w: { set: '' } },
    };
    expect(shownCells(T, change, rowOf({ v: 5, w: 'x' }))).toEqual([
      { column: 'v', before: 5, after: null },
      { column: 'w', before: 'x', after: '' },
    ]);
    expect(shownCells(T, change, null)).toEqual([
      { column: 'v', before: 1, after: null },
      { column: 'w', before: 'a', after: '' },
    ]);
  });

  it('of a new row were unset, of a deleted one become so, of a counter are added to', () => {
    expect(shownCells(T, { kind: 'insert', key: KEY, values: { v: null } }, null)).toEqual([
      { column: 'v', before: undefined, after: null },
    ]);
    expect(shownCells(T, { kind: 'delete', key: KEY }, rowOf({ v: 1, s: 3 }))).toEqual([
      { column: 'v', before: 1, after: undefined },
    ]);
    expect(shownCells(COUNTS, { kind: 'update', key: { p: 1, c: 1 }, edits: { k: { by: '-2' } } }, null)).toEqual([
      { column: 'k', before: null, after: '-2', by: '-2' },
    ]);
  });

  it('of an edit that does not fit stand as they are: the plan says why', () => {
    expect(
      shownCells(T, { kind: 'update', key: KEY, edits: { l: { elements: [[4, 1]] } } }, rowOf({ l: [1] })),
    ).toEqual([{ column: 'l', before: [1], after: undefined }]);
  });
});

describe('what became of a change', () => {
  const move: RowChange = { kind: 'move', key: at(3), to: at(4) };
  const plan = planOf([set(1), set(2), move, set(5)], [statement([0]), statement([1]), statement([2]), statement([2])]);

  it('is what became of all its statements', () => {
    expect(changeEnds(plan, outcomesOf('applied', 'not_applied', 'applied', 'not_sent'))).toEqual([
      'applied',
      'not_made',
      'half',
      null,
    ]);
    expect(changeEnds(plan, outcomesOf('applied', 'refused', 'applied', 'applied'))).toEqual([
      'applied',
      'not_made',
      'applied',
      null,
    ]);
    // Cut off: what has no outcome may have been applied.
    expect(changeEnds(plan, outcomesOf('applied', null, null, null))).toEqual(['applied', 'unknown', 'unknown', null]);
  });

  it('takes it out of the queue only when all of it was applied', () => {
    expect(settledKeys(T, plan, outcomesOf('applied', 'unknown', 'applied', 'not_applied'))).toEqual([at(1)]);
    const range: RowChange = { kind: 'delete_range', key: { p: 1 }, from: { value: 1, inclusive: true } };
    const statics: RowChange = { kind: 'update', key: { p: 1 }, edits: { s: { set: 1 } } };
    const both = planOf([range, statics], [statement([0]), statement([1])]);
    expect(settledKeys(T, both, outcomesOf('applied', 'refused'))).toEqual([]);
    expect(settledKeys(T, both, outcomesOf('applied', 'applied'))).toHaveLength(2);
  });

  it('is counted', () => {
    expect(outcomeCounts(outcomesOf('applied', 'applied', 'unknown'))).toMatchObject({
      applied: 2,
      unknown: 1,
      refused: 0,
    });
  });
});

it('ten identical notes are one, with its statements', () => {
  const kept = [note('ttl_kept', 'v')];
  const statements = [statement([0], { notes: kept }), statement([1], { notes: kept }), statement([2])];
  expect(groupedNotes({ notes: [note('paxos')], statements })).toEqual([
    { ...note('paxos'), statements: [] },
    { ...note('ttl_kept', 'v'), statements: [0, 1] },
  ]);
  expect(groupedNotes({ notes: [], statements: statements.slice(0, 2) })).toMatchObject([{ statements: [] }]);
});

describe('choices', () => {
  const chosen = mutationOptionsSchema.parse({ mode: 'guarded', batch: 'logged', ttl: 60 });
  const range: RowChange = { kind: 'delete_range', key: { p: 1 } };

  it('that do not apply are not asked about, and not sent', () => {
    expect(choicesFor(COUNTS, [])).toEqual({ mode: false, ttl: false, logged: false });
    expect(optionsFor(COUNTS, [], chosen)).toMatchObject({ mode: 'plain', batch: 'row', ttl: 'keep' });
    expect(optionsFor(T, [range], chosen)).toMatchObject({ mode: 'plain', batch: 'logged', ttl: 'keep' });
    expect(optionsFor(T, [range, set(1)], chosen)).toEqual(chosen);
  });
});

describe('a plan that was made again', () => {
  const plain = (micros: string, value: number, ttl: number) =>
    statement([0], {
      cql: `UPDATE t USING TIMESTAMP ${micros} AND TTL ${ttl} SET v = ${value}`,
      timestampMicros: micros,
    });

  it('is the same but for its time, or is to be looked at again', () => {
    const first = planOf([set(1)], [plain('10', 1, 90)]);
    expect(differsWords(first, planOf([set(1)], [plain('20', 1, 80)]))).toBe(
      'Only timestamps and remaining TTLs differ.',
    );
    expect(differsWords(first, planOf([set(1)], [plain('20', 2, 80)]))).toBe('Look again: statement 1 differs.');
    expect(differsWords(first, { ...planOf([set(1)], []), refusals: [{ change: 0, message: 'gone' }] })).toContain(
      'not the same',
    );
  });

  it('names few statements', () => {
    expect(numbered('statement', [1, 2, 3, 4, 5, 6, 7])).toBe('statements 1, 2, 3, 4, 5 and 2 more');
  });
});
