import { describe, expect, it } from 'vitest';
import type { SavedSummary } from '@/lib/contract/saved-statements';
import { copyPath, foldersOf, importedName, savedFolder, savedName, savedPath, saveRequestOf } from './saved';

const summary = (path: string): SavedSummary => ({
  path,
  cluster: null,
  keyspace: null,
  description: null,
  excerpt: '',
  modifiedAt: '',
  faults: [],
});

describe('saved statements on the page', () => {
  it('stand by folder, the top first', () => {
    const listed = foldersOf(['b', 'x/a', 'x/y/a', 'x/b'].map(summary));
    expect(listed.map(({ folder, statements }) => [folder, statements.map(({ path }) => savedName(path))])).toEqual([
      ['', ['b']],
      ['x', ['a', 'b']],
      ['x/y', ['a']],
    ]);
    expect(savedFolder('x/y/a')).toBe('x/y');
  });

  it('stand apart, and first, where they are private', () => {
    const listed = foldersOf(['b', 'x/a', 'private:/a', 'private:/x/a'].map(summary));
    expect(listed.map(({ folder, isPrivate }) => [folder, isPrivate])).toEqual([
      ['', true],
      ['x', true],
      ['', false],
      ['x', false],
    ]);
    expect([savedFolder('private:/x/a'), savedName('private:/x/a')]).toEqual(['x', 'a']);
    expect(copyPath('private:/x/a')).toBe('private:/x/a copy');
  });

  it.each([
    ['', 'a', 'a'],
    [' reports / daily ', ' by day ', 'reports/daily/by day'],
    ['/reports//', 'a', 'reports/a'],
  ])('have a path from folder %j and name %j', (folder, name, path) => {
    expect(savedPath(folder, name)).toBe(path);
  });

  it.each([
    ['by day.cql', 'by day'],
    ['a:b?.CQL', 'a_b_'],
    ['.hidden.cql', 'hidden'],
    ['..', 'statement'],
    ['u\u0308ber.cql', 'über'],
  ])('take the name of the file %j as %j', (file, name) => {
    expect(importedName(file)).toBe(name);
  });

  it('offer a name for a copy, and for a copy of that', () => {
    expect(copyPath('x/a')).toBe('x/a copy');
    expect(copyPath('x/a copy')).toBe('x/a copy 2');
    expect(copyPath('x/a copy 9')).toBe('x/a copy 10');
  });

  it('say which parameters the text has, and keep what is known of them', () => {
    const known = { name: 'day', type: 'date', value: '2001-01-09' };
    const text = "SELECT ':no' FROM t WHERE day = :day AND a = :a AND b = :day -- :neither\n AND m = {'k':v}";
    const saved = {
      path: 'p',
      version: 'v',
      text: '',
      cluster: null,
      keyspace: null,
      description: 'd',
      parameters: [known],
    };
    const document = { id: 'x', text, keyspace: 'k', saved };
    expect(saveRequestOf(document, 'demo', 'p', 'v')).toEqual({
      path: 'p',
      text,
      cluster: null,
      keyspace: 'k',
      description: 'd',
      parameters: [known, { name: 'a', type: null, value: null }],
      version: 'v',
    });
    expect(saveRequestOf({ id: 'x', text: '', keyspace: null }, 'demo', 'p', null).cluster).toBe('demo');
  });
});
