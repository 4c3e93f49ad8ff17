import fc from 'fast-check';
import type { JsonValue } from '@/lib/contract/json';
import { randomBytes, randomType } from '@/lib/wire/random-values';
import { toJson } from '@/lib/wire/values';
import type { RowKey } from '../row-key';
import type { ColumnShape } from '../schema-lookup';
import type { CqlType } from '../types';
import { batchOf } from './batch';
import { deleteColumns, deletePartition, deleteRange, deleteRow } from './delete';
import { type InsertOptions, insertRow, UNSET } from './insert';
import type { DeleteNode, InsertNode, MutatedTable, MutationNode, UpdateNode } from './nodes';
import type { ComparisonInput } from './places';
import { type Change, updateRow } from './update';

/** Random tables and changes of them, for properties. */

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.constantFrom('select', '__proto__', 'a"b', 'from', 'ü'),
);

function columnsOf(kind: ColumnShape['kind'], count: { minLength: number; maxLength: number }) {
  const clusteringOrder = kind === 'clustering' ? ('asc' as const) : ('none' as const);
  return fc.array(
    randomType.map((type) => ({ kind, type, clusteringOrder })),
    count,
  );
}

const randomTable: fc.Arbitrary<MutatedTable> = fc
  .tuple(
    fc.tuple(name, name),
    fc.uniqueArray(name, { minLength: 12, maxLength: 12 }),
    columnsOf('partition_key', { minLength: 1, maxLength: 3 }),
    columnsOf('clustering', { minLength: 0, maxLength: 3 }),
    columnsOf('static', { minLength: 0, maxLength: 2 }),
    columnsOf('regular', { minLength: 1, maxLength: 4 }),
  )
  .map(([[keyspace, table], names, partition, clustering, statics, regular]) => {
    const columns = [...partition, ...clustering, ...(clustering.length === 0 ? [] : statics), ...regular].map(
      (column, at) => ({ name: names[at] ?? '', ...column }),
    );
    const named = (kind: ColumnShape['kind']) => columns.filter((one) => one.kind === kind).map((one) => one.name);
    const [partitionKey, clusteringKey] = [named('partition_key'), named('clustering')];
    return {
      keyspace,
      table,
      shape: { partitionKey, clusteringKey, columns, indexes: [], isVirtual: false, isView: false },
    };
  });

const jsonOf = (type: CqlType): fc.Arbitrary<JsonValue> => randomBytes(type).map((bytes) => toJson(bytes, type));

function keyOf({ shape }: MutatedTable, names: readonly string[]): fc.Arbitrary<RowKey> {
  const values = names.map((one) => {
    const type = shape.columns.find((column) => column.name === one)?.type;
    if (type === undefined) throw new Error(`no column ${one}`);
    // A partition key of one column cannot be empty.
    return randomBytes(type)
      .filter((bytes) => bytes.length > 0)
      .map((bytes) => toJson(bytes, type));
  });
  return fc.tuple(...values).map((all) => Object.fromEntries(all.map((value, at) => [names[at], value])));
}

const using = fc.record(
  {
    ttlSeconds: fc.integer({ min: 0, max: 630_720_000 }),
    timestampMicros: fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }).map(String),
  },
  { requiredKeys: [] },
);

const nullable = (type: CqlType) =>
  fc.oneof({ weight: 4, arbitrary: jsonOf(type) }, { weight: 1, arbitrary: fc.constant(null) });

function changeOf({ name: column, type }: ColumnShape): fc.Arbitrary<Change> {
  const whole = nullable(type).map((value): Change => ({ kind: 'set', column, value }));
  switch (type.kind) {
    case 'list':
      return fc.oneof(
        whole,
        fc
          .tuple(fc.nat(9), nullable(type.of))
          .map(([element, value]): Change => ({ kind: 'set', column, element, value })),
        fc
          .tuple(fc.constantFrom('append' as const, 'prepend' as const, 'remove' as const), jsonOf(type))
          .map(([kind, value]): Change => ({ kind, column, value })),
      );
    case 'map':
      return fc.oneof(
        whole,
        fc
          .tuple(jsonOf(type.key), nullable(type.value))
          .map(([element, value]): Change => ({ kind: 'set', column, element, value })),
        jsonOf({ kind: 'set', of: type.key }).map((value): Change => ({ kind: 'remove', column, value })),
      );
    case 'udt':
      return fc.oneof(
        whole,
        fc
          .constantFrom(...type.fields)
          .chain((of) => nullable(of.type).map((value): Change => ({ kind: 'set', column, field: of.name, value }))),
      );
    default:
      return whole;
  }
}

function comparisonOf({ name: column, type }: ColumnShape): fc.Arbitrary<ComparisonInput> {
  return fc.oneof(
    fc
      .tuple(fc.constantFrom('=' as const, '!=' as const), nullable(type))
      .map(([operator, value]): ComparisonInput => ({ column, operator, value })),
    fc.array(nullable(type), { maxLength: 3 }).map((value): ComparisonInput => ({ column, operator: 'IN', value })),
  );
}

function randomInsert(table: MutatedTable): fc.Arbitrary<InsertNode> {
  const { partitionKey, clusteringKey, columns } = table.shape;
  const others = columns.filter(({ kind }) => kind === 'static' || kind === 'regular');
  const unset = fc.constant<InsertOptions['values'][string]>(UNSET);
  const values = fc.tuple(...others.map(({ type }) => fc.oneof(nullable(type), unset)));
  return fc
    .tuple(keyOf(table, [...partitionKey, ...clusteringKey]), values, using, fc.boolean())
    .map(([key, all, { timestampMicros, ...ttl }, ifNotExists]) => {
      const named: InsertOptions['values'] = Object.fromEntries(
        all.map((value, at) => [others[at]?.name ?? '', value]),
      );
      const stamp = ifNotExists ? {} : { timestampMicros };
      return insertRow(table, { key, values: named, ifNotExists, ...ttl, ...stamp });
    });
}

function randomUpdate(table: MutatedTable): fc.Arbitrary<UpdateNode> {
  const { partitionKey, clusteringKey, columns } = table.shape;
  const regular = columns.filter(({ kind }) => kind === 'regular');
  const changes = fc.shuffledSubarray(regular, { minLength: 1 }).chain((some) => fc.tuple(...some.map(changeOf)));
  const condition = fc.option(
    fc.shuffledSubarray(regular, { minLength: 1 }).chain((some) => fc.tuple(...some.map(comparisonOf))),
  );
  return fc
    .tuple(keyOf(table, [...partitionKey, ...clusteringKey]), changes, condition, using)
    .map(([key, some, compared, { timestampMicros, ...ttl }]) => {
      const stamp = compared === null ? { timestampMicros } : { condition: compared };
      return updateRow(table, { key, changes: some, ...ttl, ...stamp });
    });
}

function randomDelete(table: MutatedTable): fc.Arbitrary<DeleteNode> {
  const { partitionKey, clusteringKey, columns } = table.shape;
  const row = keyOf(table, [...partitionKey, ...clusteringKey]);
  const regular = columns.filter(({ kind }) => kind === 'regular');
  const [first] = clusteringKey;
  const type = columns.find((one) => one.name === first)?.type;
  const shared = clusteringKey.length > 1 && first !== undefined ? [...partitionKey, first] : undefined;
  return fc.oneof(
    row.map((key) => deleteRow(table, { key })),
    row.map((key) => deleteRow(table, { key, condition: 'exists' })),
    keyOf(table, partitionKey).map((key) => deletePartition(table, { key, timestampMicros: '5' })),
    fc
      .tuple(row, fc.shuffledSubarray(regular, { minLength: 1 }))
      .map(([key, places]) => deleteColumns(table, { key, places: places.map(({ name: column }) => ({ column })) })),
    ...(shared === undefined ? [] : [keyOf(table, shared).map((key) => deleteRange(table, { key }))]),
    ...(type === undefined
      ? []
      : [
          fc
            .tuple(keyOf(table, partitionKey), jsonOf(type), fc.boolean())
            .map(([key, value, inclusive]) =>
              deleteRange(table, { key, from: { value, inclusive }, to: { value, inclusive } }),
            ),
        ]),
  );
}

const randomStatement = randomTable.chain((table) =>
  fc.oneof(randomInsert(table), randomUpdate(table), randomDelete(table)),
);

const randomBatch = fc
  .tuple(
    fc.constantFrom('logged' as const, 'unlogged' as const),
    fc.array(randomStatement, { minLength: 1, maxLength: 3 }),
  )
  .map(([type, statements]) => {
    const plain = statements.filter(({ condition }) => condition === null);
    return batchOf({ type, statements: plain.length === 0 ? statements.slice(0, 1) : plain });
  });

/** An INSERT, UPDATE, DELETE or BATCH of a random table. */
export const randomNode: fc.Arbitrary<MutationNode> = fc.oneof(
  { weight: 4, arbitrary: randomStatement },
  { weight: 1, arbitrary: randomBatch },
);
