import { describe, expect, it } from 'vitest';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import { columnsOf, comparable, isSameType } from './columns';

/** `p int key`, `c text clustering desc`, `s int static`, `v text`. */
function shape(...columns: readonly string[]): TableShape {
  const parsed = columns.map((text): ColumnShape => {
    const [, name = '', type = '', kind = '', order = ''] =
      /^(\w+) (.+?)(?: (key|clustering|static))?(?: (desc))?$/.exec(text) ?? [];
    const kinds: Record<string, ColumnShape['kind']> = {
      key: 'partition_key',
      clustering: 'clustering',
      static: 'static',
    };
    return {
      name,
      type: parseCqlType(type),
      kind: kinds[kind] ?? 'regular',
      clusteringOrder: kind === 'clustering' ? (order === 'desc' ? 'desc' : 'asc') : 'none',
    };
  });
  const names = (kind: ColumnShape['kind']) => parsed.filter((column) => column.kind === kind).map(({ name }) => name);
  return {
    partitionKey: names('partition_key'),
    clusteringKey: names('clustering'),
    columns: parsed,
    indexes: [],
    isVirtual: false,
    isView: false,
  };
}

const KEY = ['p int key', 'c text clustering'];

describe('two tables that are compared', () => {
  it('have the columns that both have with the same type, and the others are named', () => {
    const source = shape(...KEY, 's int static', 'v text', 'n int', 'tags set<text>', 'mine text');
    const target = shape(...KEY, 's int static', 'v text', 'n bigint', 'tags frozen<set<text>>', 'theirs text');
    const { layout, left } = comparable(source, target);
    expect(columnsOf(layout).map(({ name }) => name)).toEqual(['p', 'c', 's', 'v', 'tags']);
    expect(left).toEqual([
      { name: 'n', why: 'it is int in the source and bigint in the target' },
      { name: 'mine', why: 'only the source has it' },
      { name: 'theirs', why: 'only the target has it' },
    ]);
    const chosen = comparable(source, target, ['v']);
    expect(columnsOf(chosen.layout).map(({ name }) => name)).toEqual(['p', 'c', 'v']);
    expect(chosen.left).toContainEqual({ name: 's', why: 'not chosen' });
  });

  it('leave out what is masked, and refuse it where it is asked for', () => {
    const [source, target] = [shape(...KEY, 'v text', 'w text'), shape(...KEY, 'v int', 'w text')];
    const { layout, left } = comparable(source, target, undefined, ['v', 'w']);
    expect(columnsOf(layout).map(({ name }) => name)).toEqual(['p', 'c']);
    expect(left.map(({ why }) => why)).toEqual(['it is masked for you', 'it is masked for you']);
    expect(() => comparable(source, target, ['w'], ['w'])).toThrow('“w” cannot be compared: it is masked for you.');
  });

  it.each([
    ['another partition key', shape('q int key', 'c text clustering'), 'partition key'],
    ['another type of the key', shape('p bigint key', 'c text clustering'), 'p bigint'],
    ['another clustering order', shape('p int key', 'c text clustering desc'), 'c text DESC'],
    ['fewer clustering columns', shape('p int key', 'c text'), 'clustering key'],
  ])('are refused with %s', (_, target, said) => {
    expect(() => comparable(shape(...KEY), target)).toThrow(said);
  });

  it('are refused where a column cannot be compared', () => {
    expect(() => comparable(shape(...KEY, 'v int'), shape(...KEY, 'v text'), ['v'])).toThrow(
      '“v” cannot be compared: it is int',
    );
    expect(() => comparable(shape(...KEY), shape(...KEY), ['z'])).toThrow('in neither table');
    expect(() => comparable({ ...shape(...KEY), isVirtual: true }, shape(...KEY))).toThrow('Virtual');
    const custom = shape('p int key', "c 'org.example.Odd' clustering");
    expect(() => comparable(custom, custom)).toThrow('does not know the order');
  });

  it('have the same type in whichever keyspace a user-defined type is, but not with other fields', () => {
    const point = (keyspace: string, field: string) =>
      parseCqlType(
        'point',
        (_, name) => (name === 'point' ? [{ name: field, type: parseCqlType('int') }] : undefined),
        keyspace,
      );
    expect(isSameType(point('a', 'x'), point('b', 'x'))).toBe(true);
    expect(isSameType(point('a', 'x'), point('a', 'y'))).toBe(false);
  });
});
