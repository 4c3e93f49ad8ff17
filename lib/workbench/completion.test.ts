import { describe, expect, it } from 'vitest';
import { type SchemaNames, type SuggestionKind, suggest } from './completion';

const schema: SchemaNames = {
  keyspaces: [
    {
      name: 'flights',
      tables: [
        {
          name: 'by_origin_day',
          columns: [
            { name: 'origin', type: 'text' },
            { name: 'Dep Time', type: 'timestamp' },
          ],
        },
        { name: 'airports', columns: [{ name: 'iata', type: 'text' }] },
      ],
      types: [{ name: 'place' }],
    },
    { name: 'My "Keys"', tables: [{ name: 'select', columns: [] }], types: [] },
  ],
};

/** `|` stands for the cursor. */
function at(marked: string, keyspace?: string, release: string | null = null) {
  const offset = marked.indexOf('|');
  return suggest(marked.replace('|', ''), offset, { schema, keyspace, release });
}
function texts(marked: string, kind: SuggestionKind, keyspace?: string): string[] {
  return (at(marked, keyspace)?.options ?? []).filter((option) => option.kind === kind).map(({ text }) => text);
}

describe('completion', () => {
  it('offers statements at the start and after a semicolon', () => {
    expect(texts('|', 'keyword')).toContain('SELECT');
    expect(texts('SELECT * FROM t; D|', 'keyword')).toContain('DELETE FROM');
    expect(texts('SELECT * FROM t;\n|\nSELECT 2', 'keyword')).toContain('INSERT INTO');
  });

  it('offers keyspaces and the tables of the keyspace in use where a table belongs', () => {
    expect(texts('SELECT * FROM |', 'keyspace')).toEqual(['flights', '"My ""Keys"""']);
    expect(texts('SELECT * FROM |', 'table')).toEqual([]);
    expect(texts('INSERT INTO air|', 'table', 'flights')).toEqual(['by_origin_day', 'airports']);
    expect(texts('DROP TABLE IF EXISTS |', 'table', 'flights')).toContain('airports');
    expect(texts('DROP KEYSPACE IF EXISTS |', 'keyspace')).toContain('flights');
  });

  it('offers the tables of a keyspace after its dot, quoted where necessary', () => {
    expect(texts('SELECT * FROM flights.|', 'table')).toEqual(['by_origin_day', 'airports']);
    expect(texts('SELECT * FROM "My ""Keys""".s|', 'table')).toEqual(['"select"']);
    expect(at('SELECT * FROM nowhere.|')).toBeNull();
  });

  it('offers the columns of the statement’s table, also before it is named', () => {
    expect(texts('SELECT | FROM flights.by_origin_day', 'column')).toEqual(['origin', '"Dep Time"']);
    expect(texts('SELECT * FROM airports WHERE i|', 'column', 'flights')).toEqual(['iata']);
    expect(texts('SELECT * FROM flights.airports; SELECT | FROM flights.by_origin_day;', 'column')).toContain('origin');
  });

  it('replaces the word being typed, including an open quote', () => {
    expect(at('SELECT * FROM fli|')?.from).toBe(14);
    expect(at('SELECT "De| FROM flights.by_origin_day')?.from).toBe(7);
    expect(at('SELECT * FROM |')?.from).toBe(14);
  });

  it('is silent inside strings, comments and numbers', () => {
    expect(at("SELECT * FROM t WHERE a = 'fro|")).toBeNull();
    expect(at('SELECT * FROM t -- fro|')).toBeNull();
    expect(at('SELECT * FROM t /* fro|')).toBeNull();
    expect(at('SELECT * FROM t LIMIT 10|')).toBeNull();
  });

  it('offers what the release knows, each function by the name that it has there', () => {
    const offered = (release: string | null) =>
      new Set((at('SELECT |', undefined, release)?.options ?? []).map(({ text }) => text));
    const [old, middle, present, unknown] = ['4.0.19', '4.1.10', '5.0.9', null].map(offered);
    const of5 = ['similarity_cosine()', 'mask_inner()', 'abs()', 'map_keys()', 'maxwritetime()', 'vector<>', 'ANN'];
    for (const text of of5) {
      expect([text, old?.has(text), middle?.has(text), present?.has(text)]).toEqual([text, false, false, true]);
    }
    for (const text of ['toDate()', 'blobAsText()', 'currentTimeUUID()']) {
      expect([text, old?.has(text), middle?.has(text), present?.has(text)]).toEqual([text, true, true, false]);
    }
    expect([old, middle, present].map((words) => words?.has('floor()'))).toEqual([false, true, true]);
    for (const text of ['token()', 'SELECT', 'map<>', 'int']) expect(old?.has(text)).toBe(true);
    for (const text of [...of5, 'toDate()', 'BETWEEN']) expect(unknown?.has(text)).toBe(true);
  });
});
