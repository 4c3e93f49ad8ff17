import { describe, expect, it } from 'vitest';
import { testBed } from '@/lib/cassandra/test-support';
import { tokenize } from './lexer';
import { strayCharacters } from './stray-characters';

const { plain } = testBed([]);

const SPACES = [
  ...[
    '\t',
    '\n',
    '\v',
    '\f',
    '\r',
    ' ',
    '\u0085',
    '\u00A0',
    '\u00AD',
    '\u1680',
    '\u180E',
    '\u2000',
    '\u2003',
    '\u2007',
  ],
  ...['\u200A', '\u200B', '\u200C', '\u200D', '\u200E', '\u2028', '\u2029', '\u202F', '\u205F', '\u2060', '\u3000'],
  '\uFEFF',
];

async function isTaken(statement: string): Promise<boolean> {
  try {
    await plain.execute(statement);
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/line \d+:\d+ /);
    return false;
  }
}

describe('white space', () => {
  it.each(SPACES.map((space) => [`U+${space.charCodeAt(0).toString(16)}`, space] as const))(
    '%s means the same to the lexer as to the server, and is pointed out if the server refuses it',
    async (_, space) => {
      const statement = `SELECT${space}key FROM system.local`;
      const taken = await isTaken(statement);
      expect(tokenize(statement).every(({ kind }) => kind !== 'error')).toBe(taken);
      expect(strayCharacters(statement)).toHaveLength(taken ? 0 : 1);
    },
  );

  it.each([['‘local’'], ['“local”']])('curly quotes are not quotes to the server: %s', async (literal) => {
    const statement = `SELECT key FROM system.local WHERE key = ${literal}`;
    expect(await isTaken(statement)).toBe(false);
    expect(strayCharacters(statement)).toHaveLength(2);
  });
});
