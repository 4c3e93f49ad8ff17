import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIGURES } from '@/lib/contract/figures';
import type { TableRow } from '@/lib/contract/tables';
import { compactionText, FIGURE_COLUMNS, figureText, indexText, ttlText } from './table-columns';
import { DIRECTIONS, listTables, SORTS, type TableChoice } from './table-list';
import { readTablesAddress, writeTablesAddress } from './tables-address';
import { tableRow } from './test-table-rows';

const ALL: TableChoice = { sort: 'hurt', direction: 'down', text: '', keyspace: null, system: false };
const names = (rows: readonly TableRow[]) => rows.map(({ keyspace, table }) => `${keyspace}.${table}`);
const ROWS = [
  tableRow('b', 'worst', { degree: 3, figures: { diskMebibytes: 1 } }),
  tableRow('a', 'large', { degree: 1, figures: { diskMebibytes: 900 } }),
  tableRow('system', 'local', { system: true }),
  tableRow('a', 'unknown'),
];

describe('the list of tables', () => {
  it('keeps the order of what hurts, and leaves out what Cassandra keeps for itself', () => {
    expect(names(listTables(ROWS, ALL))).toEqual(['b.worst', 'a.large', 'a.unknown']);
    expect(names(listTables(ROWS, { ...ALL, direction: 'up' }))).toEqual(['a.unknown', 'a.large', 'b.worst']);
    expect(listTables(ROWS, { ...ALL, system: true })).toHaveLength(4);
    // Whoever chooses a system keyspace wants to see it.
    expect(names(listTables(ROWS, { ...ALL, keyspace: 'system' }))).toEqual(['system.local']);
  });

  it('is filtered by keyspace and by text, over both names', () => {
    expect(names(listTables(ROWS, { ...ALL, keyspace: 'a' }))).toEqual(['a.large', 'a.unknown']);
    expect(names(listTables(ROWS, { ...ALL, text: ' B.WOR ' }))).toEqual(['b.worst']);
  });

  it('puts what is not known last, whichever way it is sorted', () => {
    for (const direction of DIRECTIONS) {
      expect(names(listTables(ROWS, { ...ALL, sort: 'diskMebibytes', direction })).at(-1)).toBe('a.unknown');
    }
    expect(names(listTables(ROWS, { ...ALL, sort: 'diskMebibytes' }))[0]).toBe('a.large');
  });

  it('never loses a table, however it is sorted', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SORTS), fc.constantFrom(...DIRECTIONS), (sort, direction) => {
        const listed = listTables(ROWS, { ...ALL, system: true, sort, direction });
        expect(names(listed).sort()).toEqual(names(ROWS).sort());
      }),
    );
  });
});

describe('the address of the tables page', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.record({
          sort: fc.constantFrom(...SORTS),
          direction: fc.constantFrom(...DIRECTIONS),
          text: fc.string(),
          keyspace: fc.option(fc.string({ minLength: 1 }), { nil: null }),
          system: fc.boolean(),
          open: fc.option(fc.record({ keyspace: fc.string({ minLength: 1 }), table: fc.string({ minLength: 1 }) }), {
            nil: null,
          }),
        }),
        (wanted) => {
          expect(readTablesAddress(writeTablesAddress('other=1', wanted))).toEqual(wanted);
          expect(writeTablesAddress('other=1', wanted)).toContain('other=1');
        },
      ),
    );
  });

  it('says nothing of what is as usual', () => {
    expect(writeTablesAddress('', readTablesAddress(''))).toBe('');
  });
});

describe('the columns', () => {
  it('have every figure once', () => {
    expect(FIGURE_COLUMNS.map(({ figure }) => figure).toSorted()).toEqual([...FIGURES].sort());
  });

  it('tell unknown from nothing, and what is rounded or estimated', () => {
    const texts = (value: number | null) =>
      FIGURE_COLUMNS.map((column) => figureText(column, { ...tableRow('k', 't').figures, [column.figure]: value }));
    expect(new Set(texts(null))).toEqual(new Set(['–']));
    expect(texts(0)).not.toContain('–');
  });

  it.each([
    [null, '–'],
    [0, 'none'],
    [86_400, '1 d'],
    [7_200, '2 h'],
    [90, '90 s'],
  ])('write a TTL of %s as %s', (seconds, text) => expect(ttlText(seconds)).toBe(text));

  it('name what is wrong with an index first', () => {
    expect(indexText([])).toBe('none');
    expect(
      indexText([
        { name: 'a', state: 'ready' },
        { name: 'b', state: 'building' },
      ]),
    ).toBe('1 building, 1 ready');
    expect(compactionText('LeveledCompactionStrategy')).toBe('Leveled');
  });
});
