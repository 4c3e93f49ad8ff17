import { expect, it } from 'vitest';
import { whatIsGone } from './gone';

const TABLE = { id: 'one', columns: [{ name: 'k' }, { name: 'v' }, { name: 'w' }] };

it.each([
  ['nothing', { id: 'one', columns: ['k', 'v', 'w', 'new'] }, null],
  ['the table', { id: null, columns: [] }, 'ks.t was dropped'],
  ['the table, whose columns went first', { id: 'one', columns: [] }, 'ks.t was dropped'],
  ['the table, whose columns are still there', { id: null, columns: ['k', 'v', 'w'] }, 'ks.t was dropped'],
  ['the table, which came again', { id: 'two', columns: ['k'] }, 'ks.t was dropped and recreated'],
  ['a column', { id: 'one', columns: ['k', 'w'] }, 'Column v of ks.t was dropped'],
  ['two columns', { id: 'one', columns: ['k'] }, 'Columns v, w of ks.t were dropped'],
] as const)('says that %s is gone', (_, left, said) => {
  expect(whatIsGone('ks.t', TABLE, left)).toBe(said);
});
