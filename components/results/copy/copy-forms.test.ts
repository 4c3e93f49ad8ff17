import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { readGolden } from '@/lib/wire/golden';
import {
  type CopyColumn,
  CopyRefused,
  rowsAsCql,
  rowsAsCsv,
  rowsAsInserts,
  rowsAsJson,
  rowsAsTsv,
  rowsAsWhere,
} from './copy-forms';

const { values } = readGolden(readFileSync(new URL('../../../lib/wire/golden.json', import.meta.url), 'utf8'));
const cases = values.map(
  (value) => [`${value.type} ${value.hex?.slice(0, 40)} ${value.cql.slice(0, 40)}`, value] as const,
);

const native = (name: (CqlType & { kind: 'native' })['name']): CqlType => ({ kind: 'native', name });

function column(name: string, type: CqlType, kind: CopyColumn['kind'] = 'regular'): CopyColumn {
  return { name, type, kind, typeText: formatCqlType(type) };
}

/** A CSV field as it was before it was put in quotes; null for an unquoted nothing. */
function unquoted(field: string): string | null {
  if (field === '') return null;
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}

describe('a copied value', () => {
  it.each(cases)('is the golden one in every form: %s', (_, value) => {
    const [rows, columns] = [[[value.json]], [column('c', value.cqlType)]];
    expect(rowsAsCsv(rows, columns)).toBe(`c\r\n${value.csv}\r\n`);
    expect(rowsAsCql(rows, columns)).toBe(value.cql);
    expect(JSON.parse(rowsAsJson(rows, columns))).toEqual(value.json);
    const text = rowsAsTsv(rows, columns, false);
    if (value.json === null || value.json === '') expect(text).toBe('');
    else if (value.cqlType.kind === 'native') expect(text).toBe(unquoted(value.csv));
    else expect(text).not.toBe('');
  });
});

describe('copied rows', () => {
  const columns = [column('id', native('int'), 'partition_key'), column('note', native('text'))];
  const rows: JsonValue[][] = [
    [1, 'a\tb'],
    [2, null],
  ];

  it('are tab-separated, with fields quoted where they must be and null as nothing', () => {
    expect(rowsAsTsv(rows, columns, true)).toBe('id\tnote\n1\t"a\tb"\n2\t');
    expect(rowsAsTsv([[3, 'say "hi"']], columns, false)).toBe('3\t"say ""hi"""');
  });

  it('are CSV with a header, where empty text is not null', () => {
    expect(rowsAsCsv([...rows, [3, '']], columns)).toBe('id,note\r\n1,a\tb\r\n2,\r\n3,""\r\n');
  });

  it('are JSON objects, or arrays when a name comes twice', () => {
    expect(JSON.parse(rowsAsJson([[1, 'x']], columns))).toEqual([{ id: 1, note: 'x' }]);
    const twice = [column('a', native('int')), column('a', native('int'))];
    expect(JSON.parse(rowsAsJson([[1, 2]], twice))).toEqual([[1, 2]]);
  });

  it('are lists of literals', () => {
    expect(rowsAsCql(rows, columns)).toBe("((1, 'a\tb'),\n (2, null))");
    expect(rowsAsCql([['a'], ["b'"]], [column('note', native('text'))])).toBe("('a', 'b''')");
  });

  it('are INSERTs of what they have, with the whole key', () => {
    const target = { keyspace: 'Shop', table: 'notes', key: ['id'] };
    expect(rowsAsInserts(rows, columns, target)).toBe(
      `INSERT INTO "Shop".notes (id, note) VALUES (1, 'a\tb');\nINSERT INTO "Shop".notes (id) VALUES (2);\n`,
    );
    expect(() => rowsAsInserts([['x']], [column('note', native('text'))], target)).toThrow(/id is not among/);
  });

  it('are conditions that find them by their whole key, statics by the partition alone', () => {
    const keyed = [
      column('note', native('text')),
      column('Day', native('date'), 'clustering'),
      column('id', native('int'), 'partition_key'),
    ];
    const found = [
      ['x', '2001-01-09', 1],
      ['y', null, 2],
    ];
    expect(rowsAsWhere(found, keyed, ['id', 'Day'])).toBe(`WHERE id = 1 AND "Day" = '2001-01-09'\nWHERE id = 2`);
    expect(() => rowsAsWhere(found, keyed.slice(0, 2), ['id', 'Day'])).toThrow(/id is not among/);
  });

  it('are not written where that would not be exact', () => {
    const target = { keyspace: 'shop', table: 'notes', key: ['id'] };
    expect(() => rowsAsInserts([[1, '2']], [...columns.slice(0, 1), column('n', native('counter'))], target)).toThrow(
      CopyRefused,
    );
    expect(() => rowsAsCql([[{}]], [{ name: 'x', kind: 'regular', type: undefined, typeText: 'gone' }])).toThrow(
      /gone/,
    );
  });
});
