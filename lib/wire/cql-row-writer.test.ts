import { describe, expect, it } from 'vitest';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { encodeScalar } from './encode-scalar';
import { PlanError, ValueError } from './errors';
import { type CqlTable, type FileFormat, rowWriter } from './row-writer';
import type { Part } from './split';
import { fileTextOf } from './test-pages';

const native = (name: NativeTypeName): CqlType => ({ kind: 'native', name });
const int = (value: number) => encodeScalar(String(value), 'int');
const utf8 = (value: string) => new TextEncoder().encode(value);

const textOf = (format: FileFormat, columns: Parameters<typeof rowWriter>[1], rows: readonly Part[][], pageRows = 2) =>
  fileTextOf(format, columns, rows, pageRows);

describe('CQL statements', () => {
  const table = (...columns: [string, NativeTypeName, CqlTable['columns'][number]['kind']][]): CqlTable => ({
    keyspace: 'Shop',
    table: 'orders',
    columns: columns.map(([name, type, kind]) => ({ name, type: native(type), kind })),
  });
  const orders = table(
    ['Day', 'text', 'partition_key'],
    ['at', 'int', 'clustering'],
    ['who', 'text', 'static'],
    ['n', 'int', 'regular'],
  );
  const textFor = (of: CqlTable, columns: readonly [string, CqlType][], rows: readonly Part[][] = []) =>
    textOf(
      { format: 'cql', table: of },
      columns.map(([name, type]) => ({ name, type })),
      rows,
    );
  const ALL: [string, CqlType][] = orders.columns.map(({ name, type }) => [name, type]);

  it('omit nulls, and write the static columns of a partition once', () => {
    const rows = [
      [utf8("it's"), int(1), utf8('me'), int(5)],
      [utf8("it's"), int(2), utf8('me'), null],
      [utf8('a'), null, utf8('\n;'), null],
    ];
    expect(textFor(orders, ALL, rows)).toBe(
      `INSERT INTO "Shop".orders ("Day", who) VALUES ('it''s', 'me');\n` +
        `INSERT INTO "Shop".orders ("Day", at, n) VALUES ('it''s', 1, 5);\n` +
        `INSERT INTO "Shop".orders ("Day", at) VALUES ('it''s', 2);\n` +
        `INSERT INTO "Shop".orders ("Day", who) VALUES ('a', '\n;');\n`,
    );
  });

  it('never make an expiring value permanent', () => {
    const columns: [string, CqlType][] = [...ALL, ['ttl(n)', native('int')], ['writetime("n")', native('bigint')]];
    const row = [utf8('a'), int(1), null, int(5), int(0), encodeScalar('9007199254740993', 'bigint')];
    expect(textFor(orders, columns, [row])).toBe(
      `INSERT INTO "Shop".orders ("Day", at, n) VALUES ('a', 1, 5) USING TIMESTAMP 9007199254740993 AND TTL 1;\n`,
    );
  });

  it('treat a column named like a write time as a column', () => {
    const odd = table(['k', 'int', 'partition_key'], ['v', 'int', 'regular'], ['ttl(v)', 'text', 'regular']);
    const columns: [string, CqlType][] = odd.columns.map(({ name, type }) => [name, type]);
    expect(textFor(odd, columns, [[int(1), int(2), utf8('x')]])).toBe(
      `INSERT INTO "Shop".orders (k, v, "ttl(v)") VALUES (1, 2, 'x');\n`,
    );
  });

  it.each<[string, CqlTable, [string, CqlType][], string]>([
    ['a missing key column', orders, ALL.filter(([name]) => name !== 'at'), 'lacks "at", a primary key column'],
    [
      'a column of another kind',
      orders,
      [...ALL, ['count', native('bigint')]],
      '"count" is not a column of Shop.orders',
    ],
    ['a different column under its name', orders, [...ALL.slice(0, 3), ['n', native('text')]], '"n" comes as text'],
    ['a column twice', orders, [...ALL, ['n', native('int')]], 'Two columns are called "n"'],
    [
      'write times of elements',
      orders,
      [...ALL, ['writetime(n)', { kind: 'list', of: native('bigint') }]],
      'a value for each element',
    ],
    [
      'static counters with rows',
      table(['p', 'int', 'partition_key'], ['c', 'int', 'clustering'], ['s', 'counter', 'static']),
      [
        ['p', native('int')],
        ['c', native('int')],
        ['s', native('counter')],
      ],
      'would be added each time',
    ],
  ])('refuse %s', (_, of, columns, message) => {
    expect(() => textFor(of, columns)).toThrow(PlanError);
    expect(() => textFor(of, columns)).toThrow(message);
  });

  it('refuse a value without a literal and leave nothing of its row', () => {
    const lists: CqlTable = {
      ...orders,
      columns: [
        { name: 'k', type: native('int'), kind: 'partition_key' },
        { name: 'v', type: { kind: 'list', of: native('int') }, kind: 'regular' },
      ],
    };
    const writer = rowWriter({ format: 'cql', table: lists }, lists.columns);
    const body = Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 1, 255, 255, 255, 255);
    expect(() => writer.write(body, 0, 1)).toThrow(ValueError);
    expect(() => writer.write(body, 0, 1)).toThrow('row 1 (k = 1, v = [null]), column "v": a null in a collection');
    expect(writer.sink.length).toBe(0);
  });
});
