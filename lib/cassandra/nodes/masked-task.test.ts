import { expect, it } from 'vitest';
import { maskedTask } from './masked-task';

it.each([
  ["QUERY SELECT * FROM k.t WHERE id = 'Ann' AND n = -5", 'QUERY SELECT * FROM k.t WHERE id = ? AND n = ?'],
  ['QUERY INSERT INTO k.t (a) VALUES (0xcafe) /* for Ann */', 'QUERY INSERT INTO k.t (a) VALUES (?) '],
  ["QUERY SELECT * FROM k.t WHERE id = 'cut of", 'QUERY SELECT * FROM k.t WHERE id = ?'],
  [
    'EXECUTE SELECT v FROM k."T" WHERE u = 11111111-2222-3333-4444-555555555555',
    'EXECUTE SELECT v FROM k."T" WHERE u = ?',
  ],
])('masks the values of %s', (task, masked) => {
  expect(maskedTask(task)).toBe(masked);
});
