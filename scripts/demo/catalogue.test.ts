import { describe, expect, it } from 'vitest';
import { TABLES } from './catalogue.mjs';
import { createTable } from './schema.mjs';
import { BATCH_ROWS, type DemoTable, type Row } from './table.mjs';

const DATA = { flights: 200_000 };
const FEATURES = { vectors: true };

/** The names in PRIMARY KEY: those of the partition key, and all. */
function keysOf(table: DemoTable) {
  const names = Object.keys(table.columns(FEATURES)).map((name) => ({
    name,
    quoted: `"${name.replaceAll('"', '""')}"`,
  }));
  const inKey = (text: string) =>
    names
      .filter(({ name, quoted }) => text.includes(quoted) || text.split(/[(), ]+/).includes(name))
      .map(({ name }) => name);
  const partition = /^\(\((.*?)\)/.exec(table.primaryKey)?.[1] ?? table.primaryKey;
  return { partition: inKey(partition), all: inKey(table.primaryKey) };
}

/** What a row of the table may have; a day, and the tags of a wide partition, need not be a column. */
function columnsOf(table: DemoTable): ReadonlySet<string> {
  const extra = table.keyspace === 'every_type' && table.name === 'wide_partition' ? ['day', 'tags'] : ['day'];
  return new Set([...Object.keys(table.columns(FEATURES)), ...extra]);
}

const textOf = (row: Row, columns: string[]) =>
  JSON.stringify(columns.map((name) => (row[name] instanceof Date ? row[name].getTime() : row[name])));

describe('the demo tables', () => {
  it.each(TABLES)('$keyspace $name has the rows and columns it declares, and no two share a key', async (table) => {
    const { partition, all } = keysOf(table);
    const columns = columnsOf(table);
    expect(all.length).toBeGreaterThan(0);
    const keys = new Set<string>();
    let rows = 0;
    for await (const batch of table.batches(DATA)) {
      expect(batch.length).toBeLessThanOrEqual(BATCH_ROWS);
      expect(new Set(batch.map((row) => textOf(row, partition))).size).toBe(1);
      expect(Object.keys(batch[0] ?? {}).filter((name) => !columns.has(name))).toEqual([]);
      rows += batch.length;
      for (const row of batch) keys.add(textOf(row, all));
    }
    const fixed = table.name === 'all_types' ? 2 : 0;
    expect(rows).toBe(table.total(DATA) - fixed);
    expect(keys.size).toBe(rows);
  });

  it('has a table of exactly 300 columns, and vectors only where the server supports them', () => {
    const wide = TABLES.find(({ name }) => name === 'wide_columns');
    expect(Object.keys(wide?.columns(FEATURES) ?? {})).toHaveLength(300);
    for (const table of TABLES) expect(createTable(table, 'demo', { vectors: false })).not.toMatch(/vector/);
  });
});
