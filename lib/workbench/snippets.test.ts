import { describe, expect, it } from 'vitest';
import type { Keyspace, Table, TableColumn } from '@/lib/contract/schema';
import { classify } from '@/lib/cql/classifier';
import { KEYSPACES } from '@/lib/cql/help/test-mistakes';
import { SNIPPET_NAMES, type SnippetId } from './snippet-names';
import { snippetsFor, snippetTemplate, tableAtHand } from './snippets';

const home = KEYSPACES[0];
const tableOf = (name: string): Table => {
  const found = home?.tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const at = (name: string) => ({ keyspace: 'ringside_help', isUsed: true, table: tableOf(name) });
const n: TableColumn = { name: 'n', type: 'counter', kind: 'regular', position: -1, clusteringOrder: 'none' };
const counters = { keyspace: 'k', isUsed: true, table: { ...tableOf('Odd'), columns: [...tableOf('Odd').columns, n] } };

/** The statement as it stands before anything is typed into its tab stops. */
function inserted(template: string): string {
  return template.replace(/#\{\d+:([^}]*)\}/g, '$1').replace(/\\([{}])/g, '$1');
}

describe('snippets', () => {
  it.each<[SnippetId, string]>([
    [
      'byKey',
      "SELECT *\nFROM by_day\nWHERE origin = #{1:'a key'}\n  AND day = #{2:'2001-01-09'}\n  AND departs = #{3:'2001-01-09T06:10:00Z'};",
    ],
    [
      'latest',
      "SELECT *\nFROM by_day\nWHERE origin = #{1:'a key'}\n  AND day = #{2:'2001-01-09'}\nORDER BY departs DESC\nLIMIT #{3:10};",
    ],
    [
      'slice',
      "SELECT *\nFROM by_day\nWHERE origin = #{1:'a key'}\n  AND day = #{2:'2001-01-09'}\n  AND departs >= #{3:'2001-01-09T06:10:00Z'}\n  AND departs < #{4:'2001-01-09T06:10:00Z'};",
    ],
    [
      'batch',
      "BEGIN BATCH\n  INSERT INTO by_day (origin, day, departs, delay, dest)\n  VALUES (#{1:'a key'}, #{2:'2001-01-09'}, #{3:'2001-01-09T06:10:00Z'}, #{4:1}, #{5:'a key'});\n  INSERT INTO by_day (origin, day, departs, delay, dest)\n  VALUES (#{1:'a key'}, #{2:'2001-01-09'}, #{6:'2001-01-09T06:10:00Z'}, #{7:1}, #{8:'a key'});\nAPPLY BATCH;",
    ],
  ])('%s of a table', (id, template) => {
    expect(snippetTemplate(id, at('by_day'))).toBe(template);
  });

  it('are of a table’s own kind', () => {
    expect(snippetsFor(at('by_day'))).not.toContain('increment');
    expect(snippetsFor(at('airports'))).not.toContain('latest');
    expect(snippetsFor(counters)).toEqual(['byKey', 'increment', 'timeSeries']);
    expect(snippetTemplate('increment', counters)).toBe('UPDATE "Odd"\nSET n = n + #{1:1}\nWHERE id = #{2:1};');
  });

  it('have names as tab stops where no table is at hand, the same name once', () => {
    expect(snippetTemplate('latest', undefined)).toBe(
      "SELECT *\nFROM #{1:table_name}\nWHERE #{2:key} = #{3:'a key'}\nORDER BY #{4:at} DESC\nLIMIT #{5:10};",
    );
    expect(snippetTemplate('latest', at('airports'))).toBe(snippetTemplate('latest', undefined));
  });

  it('quote names, and no name breaks a tab stop', () => {
    const odd = { ...at('airports'), keyspace: 'My {Keys}', isUsed: false };
    expect(snippetTemplate('byKey', odd)).toContain('"My \\{Keys\\}".airports');
    expect(inserted(snippetTemplate('byKey', odd))).toContain('FROM "My {Keys}".airports');
  });

  it('are statements that Cassandra’s grammar has', () => {
    const kinds = SNIPPET_NAMES.map(([id]) => classify(inserted(snippetTemplate(id, undefined))).kind);
    expect(new Set(kinds)).toEqual(new Set(['select', 'insert', 'update', 'batch', 'create']));
  });

  it('are about the table of the statement, else the one named last before it', () => {
    const keyspaces: readonly Keyspace[] = KEYSPACES;
    const found = (before: string, statement = '') =>
      tableAtHand(before, statement, keyspaces, 'ringside_help')?.table.name;
    expect(found('SELECT * FROM airports;', 'SELECT * FROM people')).toBe('people');
    expect(found('SELECT * FROM people; INSERT INTO airports (iata) VALUES (1);\n')).toBe('airports');
    expect(found('SELECT * FROM other.notes;')).toBe('notes');
    expect(found('')).toBeUndefined();
  });
});
