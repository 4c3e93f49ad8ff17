import { describe, expect, it } from 'vitest';
import type { ApiError } from '@/lib/contract/errors';
import { editsIn, errorRange, stepErrorRange } from './error-range';

function marked(text: string, statement: string, position: { line: number; column: number }, start?: number) {
  const range = errorRange(text, statement, start ?? text.indexOf(statement), position);
  return range === undefined ? undefined : text.slice(range.from, range.to);
}

describe('the place of a server error in the editor', () => {
  it('marks the token at the position, counted from the statement and not from the text', () => {
    const statement = 'SELECT *\nFORM flights';
    expect(marked(`SELECT 1;\n\n${statement};`, statement, { line: 2, column: 0 })).toBe('FORM');
    expect(marked(statement, statement, { line: 2, column: 5 })).toBe('flights');
  });

  it('marks the next token when the position is a space, and the rest of one when it is inside', () => {
    expect(marked('SELECT  x', 'SELECT  x', { line: 1, column: 6 })).toBe('x');
    expect(marked('SELECT wings', 'SELECT wings', { line: 1, column: 9 })).toBe('ngs');
  });

  it('marks the last character for an end that came too early', () => {
    expect(marked('SELECT * FROM', 'SELECT * FROM', { line: 1, column: 13 })).toBe('M');
    expect(marked('SELECT * FROM', 'SELECT * FROM', { line: 9, column: 0 })).toBe('M');
  });

  it('counts the \\r of a \\r\\n line end as the server does', () => {
    expect(marked('SELECT a\r\nFORM t', 'SELECT a\r\nFORM t', { line: 2, column: 0 })).toBe('FORM');
  });

  it('follows a statement that moved while it ran, to its nearest place', () => {
    const text = 'SELECT bad;\n-- more\nSELECT bad;';
    const second = text.lastIndexOf('SELECT bad');
    expect(errorRange(text, 'SELECT bad', second - 2, { line: 1, column: 7 })?.from).toBe(second + 7);
    expect(errorRange(text, 'SELECT bad', 1, { line: 1, column: 7 })?.from).toBe(7);
  });

  it('marks nothing when the statement is gone', () => {
    expect(marked('SELECT good', 'SELECT bad', { line: 1, column: 7 }, 0)).toBeUndefined();
  });
});

describe('an error without a position', () => {
  const place = (statement: string, message: string) => {
    const error: ApiError = { code: 'invalid_statement', message, retryable: false };
    const range = stepErrorRange(`;${statement}`, { text: statement, start: 1 }, { range: null, error, message });
    return range && `;${statement}`.slice(range.from, range.to);
  };

  it('is marked at the name that it speaks of', () => {
    expect(place('SELECT a, Wings FROM t', 'Undefined column name wings in table k.t')).toBe('Wings');
    expect(place('SELECT a FROM k.wings', 'table k.wings does not exist')).toBe('wings');
    expect(place('SELECT "Wings" FROM t', 'Undefined column name "Wings" in table k.t')).toBe('"Wings"');
  });

  it('is not marked where nothing of the statement is named', () => {
    expect(place('SELECT a FROM t', 'Cannot execute this query as it might involve data filtering')).toBeUndefined();
  });
});

describe('a mistake whose place is known', () => {
  const statement = { text: 'SELECT * FROM t WHERE k = abc', start: 3 };
  const error: ApiError = { code: 'syntax_error', message: 'no', position: { line: 1, column: 0 }, retryable: false };
  const mark = { range: { from: 26, to: 29 }, error, message: 'no quotes' };

  it('is marked there, whatever the server says, wherever the statement is by now', () => {
    expect(stepErrorRange(`-- ${statement.text}`, statement, mark)).toEqual({ from: 29, to: 32 });
    expect(stepErrorRange(`-- moved\n${statement.text}`, statement, mark)).toEqual({ from: 35, to: 38 });
    expect(stepErrorRange('SELECT 1', statement, mark)).toBeUndefined();
  });

  it('is changed there, and nowhere when the statement is gone', () => {
    const edits = [{ start: 26, text: 'abc', replacement: "'abc'" }];
    expect(editsIn(`\n\n${statement.text}`, statement, edits)).toEqual([{ ...edits[0], start: 28 }]);
    expect(editsIn('SELECT 1', statement, edits)).toBeUndefined();
  });
});
