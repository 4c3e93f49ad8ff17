import { describe, expect, it } from 'vitest';
import { folded, pathFault } from './names';

describe('the path of a saved statement', () => {
  it.each([
    'flights',
    'flights/by day',
    'Überblick/Zähler ½',
    '会議/予定',
    'a/b/c/d/e/f/g/h',
    'v1.2 final',
    "o'clock",
    '$(rm -rf)',
    '-dash',
    'constructor',
    '__proto__',
    'x'.repeat(100),
  ])('may be %s', (path) => {
    expect(pathFault(path)).toBeNull();
  });

  it.each([
    [''],
    ['/etc/passwd'],
    ['..'],
    ['../secret'],
    ['a/../../b'],
    ['a/./b'],
    ['a//b'],
    ['a/'],
    ['.git/hooks/post-commit'],
    ['.hidden'],
    ['C:\\Windows'],
    ['a\\..\\b'],
    ['a:stream'],
    ['what?'],
    ['a\0b'],
    ['a\nb'],
    ['a\u202eb'],
    ['a\u00a0b'],
    [' a'],
    ['a '],
    ['a.'],
    ['a.CQL'],
    ['CON'],
    ['folder/nul.txt'],
    ['e\u0301'],
    ['x'.repeat(101)],
    ['会'.repeat(81)],
    ['a/b/c/d/e/f/g/h/i'],
  ])('may not be %j', (path) => {
    expect(pathFault(path)).toMatch(/^(a name|it) /);
  });

  it('is the same in any case, and however its accents are written', () => {
    expect(folded('Fl\u00fcge/A')).toBe(folded('flu\u0308GE/a'));
    expect(folded('a')).not.toBe(folded('b'));
  });
});
