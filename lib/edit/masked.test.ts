import { describe, expect, it } from 'vitest';
import type { RowChange } from '@/lib/contract/mutations';
import { withoutMasked } from './masked';
import { KEY, planned, rowOf, T } from './test-plan';

const MASKED = ['v', 'm'];
const TABLE = {
  ...T,
  masked: MASKED,
  shape: { ...T.shape, columns: T.shape.columns.filter(({ name }) => !MASKED.includes(name)) },
};
const codesOf = (change: RowChange, row = rowOf({ w: 'a' })) => {
  const { v: _v, m: _m, ...cells } = row.cells;
  const plan = planned([{ change, row: { ...row, cells } }], {}, TABLE);
  return {
    cql: plan.statements.map(({ cql }) => cql),
    notes: [...plan.notes, ...plan.statements.flatMap((one) => one.notes)],
  };
};

describe('a change of a row with masked columns', () => {
  it.each<readonly [string, RowChange, string]>([
    ['sets one', { kind: 'update', key: KEY, edits: { w: { set: 'x' }, v: { set: 1 } } }, '“v” is masked for you'],
    ['deletes one', { kind: 'update', key: KEY, edits: { m: { set: null } } }, '“m” is masked for you'],
    ['inserts one', { kind: 'insert', key: KEY, values: { v: 1 } }, '“v” is masked for you'],
    ['gives the row another key', { kind: 'move', key: KEY, to: { p: 2, c: 1, c2: 1 } }, '“v”, “m” cannot go with it'],
  ])('is refused where it %s', (_name, change, message) => {
    expect(() => withoutMasked(change, MASKED)).toThrow(message);
    expect(withoutMasked(change, [])).toBe(change);
  });

  it('is not compared with what was shown in place of masked values', () => {
    const change: RowChange = { kind: 'delete', key: KEY, seen: { w: 'a', v: '•••' } };
    expect(withoutMasked(change, MASKED)).toEqual({ kind: 'delete', key: KEY, seen: { w: 'a' } });
    expect(withoutMasked({ kind: 'update', key: KEY, seen: null, edits: {} }, MASKED)).toMatchObject({ seen: null });
  });

  it('has no masked column in its statement, and says which were left out', () => {
    const { cql, notes } = codesOf({ kind: 'update', key: KEY, edits: { w: { set: 'b' } } });
    expect(cql.join()).toMatch(/IF w = 'a'$/);
    expect(notes.find(({ code }) => code === 'masked')?.text).toMatch(/^Masked for you: “v”, “m”\./);
  });

  it('that deletes it says that undo brings it back without them', () => {
    const { cql, notes } = codesOf({ kind: 'delete', key: KEY });
    expect(cql.join()).not.toMatch(/[( ]v |[( ]m /);
    expect(notes.find(({ code }) => code === 'masked_deleted')?.text).toContain('“v”, “m”');
  });

  it('is not said to empty the row, which may have values that nobody sees', () => {
    const { notes } = codesOf({ kind: 'update', key: KEY, edits: { w: { set: null } } });
    expect(notes.map(({ code }) => code)).not.toContain('row_vanishes');
  });
});
