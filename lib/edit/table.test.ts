import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { schemaLookup } from '../cql/schema-lookup';
import { type EditTable, isSame, keyText } from './table';

const column = (name: string, type: string, kind: 'partition_key' | 'clustering' | 'regular') => ({
  ...{ name, type, kind, position: 0, clusteringOrder: kind === 'clustering' ? ('asc' as const) : ('none' as const) },
});

/** A table with key columns of these types, and a value of the first. */
function tableOf(partition: string, clustering: string): EditTable {
  const columns = [
    column('p', partition, 'partition_key'),
    column('c', clustering, 'clustering'),
    column('v', partition, 'regular'),
  ];
  const table = { name: 't', id: null, kind: 'table' as const, baseTable: null, comment: '', columns, indexes: [] };
  const about = { system: false, virtual: false, durableWrites: true, replication: {}, functions: [], types: [] };
  const shape = schemaLookup([{ name: 'ks', ...about, tables: [table] }]).table('ks', 't');
  if (shape === undefined) throw new Error('there is no table');
  return { keyspace: 'ks', table: 't', shape };
}

describe('the text of a key', () => {
  const DECIMALS = tableOf('decimal', 'decimal');
  const text = (p: JsonValue, c: JsonValue, table = DECIMALS) => keyText(table, { p, c });

  it('names one row for clustering decimals of one number, and another partition for each scale', () => {
    for (const same of ['1.00', '1', '10E-1', '1.000']) expect(text('1', same)).toBe(text('1', '1.0'));
    for (const other of ['1.01', '-1.0', '10', '0']) expect(text('1', other)).not.toBe(text('1', '1.0'));
    expect(text('1', '0.00')).toBe(text('1', '-0'));
    expect(new Set(['1', '1.0', '1.00'].map((p) => text(p, '1'))).size).toBe(3);
  });

  it('names one row for sets and maps however they were typed', () => {
    const table = tableOf('int', 'frozen<map<decimal, frozen<set<int>>>>');
    expect(
      text(
        1,
        [
          ['2.0', [3, 1]],
          ['1', []],
        ],
        table,
      ),
    ).toBe(
      text(
        1,
        [
          ['1.0', []],
          ['2', [1, 3]],
        ],
        table,
      ),
    );
  });

  it('leaves values of other scales different: they are an edit', () => {
    expect(isSame({ type: DECIMALS.shape.columns[0]?.type ?? fail() }, '1.0', '1.00')).toBe(false);
  });
});

function fail(): never {
  throw new Error('there is no column');
}
