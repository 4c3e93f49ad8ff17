import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields, type SchemaItem, schemaChanges } from './schema-changes';

const item = (what: string, path: string, fields: Record<string, string> = {}): SchemaItem => ({
  what,
  path: path.split('.'),
  fields: Object.entries(fields),
});

const KEYSPACE = item('keyspace', 'shop', { replication: '{"dc1":"3"}' });
const TABLE = item('table', 'shop.orders', { id: '1', gc_grace_seconds: '864000' });
const KEY = item('column', 'shop.orders.id', { type: 'uuid', kind: 'partition_key' });
const NOTE = item('column', 'shop.orders.note', { type: 'text', kind: 'regular' });
const INDEX = item('index', 'shop.orders.by_note', { kind: 'CUSTOM' });
const ALL = [KEYSPACE, TABLE, KEY, NOTE, INDEX];
const without = (...gone: SchemaItem[]) => ALL.filter((one) => !gone.includes(one));

describe('the changes between two readings of a schema', () => {
  it.each<[string, readonly SchemaItem[], readonly SchemaItem[], readonly string[]]>([
    ['nothing', ALL, ALL.toReversed(), []],
    ['a new column', without(NOTE), ALL, ['column shop.orders.note added']],
    ['a dropped index', ALL, without(INDEX), ['index shop.orders.by_note dropped']],
    ['a new table, without its columns and indexes', [KEYSPACE], ALL, ['table shop.orders added']],
    ['a dropped keyspace, without its tables', ALL, [], ['keyspace shop dropped']],
    [
      'a table that was made again, whatever else it has',
      ALL,
      [KEYSPACE, item('table', 'shop.orders', { id: '2', gc_grace_seconds: '1' }), KEY],
      ['table shop.orders recreated'],
    ],
    [
      'two columns of one table, one of them with another type',
      [...without(NOTE), item('column', 'shop.orders.note', { type: 'varchar', kind: 'regular' })],
      [...ALL, item('column', 'shop.orders.total', { type: 'decimal' })],
      ['column shop.orders.note changed', 'column shop.orders.total added'],
    ],
    [
      'a table whose name begins like another',
      [KEYSPACE, TABLE],
      [KEYSPACE, TABLE, item('table', 'shop.orders_old', { id: '9' })],
      ['table shop.orders_old added'],
    ],
    [
      'a type and a table of one name',
      [KEYSPACE, TABLE],
      [KEYSPACE, TABLE, item('type', 'shop.orders', { fields: 'a int' })],
      ['type shop.orders added'],
    ],
  ])('lists %s', (_what, before, after, listed) => {
    expect(schemaChanges(before, after).map(({ what, path, how }) => `${what} ${path.join('.')} ${how}`)).toEqual(
      listed,
    );
  });

  it('names the properties that changed, with both texts', () => {
    const longer = item('table', 'shop.orders', { id: '1', gc_grace_seconds: '3600', comment: 'by id' });
    expect(schemaChanges([TABLE], [longer])[0]?.fields).toEqual([
      { field: 'gc_grace_seconds', before: '864000', after: '3600' },
      { field: 'comment', before: null, after: 'by id' },
    ]);
    expect(changedFields([['a', '1']], [])).toEqual([{ field: 'a', before: '1', after: null }]);
  });

  it('is empty for the same schema in any order, and forgets no item of another', () => {
    const items = fc.uniqueArray(
      fc.record({
        what: fc.constantFrom('column', 'index'),
        path: fc.tuple(fc.constant('k'), fc.constantFrom('t', '__proto__'), fc.string({ minLength: 1, maxLength: 3 })),
        fields: fc.constant([]),
      }),
      { selector: ({ what, path }) => JSON.stringify([what, path]), maxLength: 8 },
    );
    fc.assert(
      fc.property(items, items, (before, after) => {
        expect(schemaChanges(before, before.toReversed())).toEqual([]);
        const keys = (list: readonly SchemaItem[]) =>
          new Set(list.map(({ what, path }) => JSON.stringify([what, path])));
        const [then, now] = [keys(before), keys(after)];
        const found = schemaChanges(before, after);
        expect(found).toHaveLength([...then, ...now].filter((key) => then.has(key) !== now.has(key)).length);
        for (const { what, path, how } of found) {
          expect((how === 'added' ? now : then).has(JSON.stringify([what, path]))).toBe(true);
        }
      }),
    );
  });
});
