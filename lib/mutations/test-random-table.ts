import fc from 'fast-check';
import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import type { Keyspace, TableColumn } from '@/lib/contract/schema';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import type { PlanTable } from '@/lib/edit/table';
import { HAS_5_0 } from '@/lib/test-release';
import { mapPairs } from '@/lib/wire/json-texts';
import { randomFullBytes, SCALARS } from '@/lib/wire/random-values';
import { toJson } from '@/lib/wire/values';

/** Random tables, and random edits of their cells. */

const FIELDS = [
  { name: 'x', type: 'int' },
  { name: 'Odd y', type: 'text' },
  { name: 'z', type: 'frozen<list<int>>' },
];
/** Sets and the keys of maps are sorted, which durations are not. */
const SORTED: readonly string[] = SCALARS.filter((name) => name !== 'duration');

/** Types of one cell, nested up to `depth` deep; durations only where nothing is sorted by them. */
function cellType(depth: number, isSorted: boolean): fc.Arbitrary<string> {
  const scalar = fc.constantFrom(...(isSorted ? SORTED : SCALARS));
  if (depth === 0) return scalar;
  const [any, sorted] = [cellType(depth - 1, isSorted), cellType(depth - 1, true)];
  return fc.oneof(
    { weight: 3, arbitrary: scalar },
    any.map((of) => `frozen<list<${of}>>`),
    sorted.map((of) => `frozen<set<${of}>>`),
    fc.tuple(sorted, any).map(([key, of]) => `frozen<map<${key}, ${of}>>`),
    fc.tuple(any, any).map((of) => `frozen<tuple<${of.join(', ')}>>`),
    fc.constant('frozen<odd>'),
    ...(HAS_5_0 ? [fc.tuple(any, fc.integer({ min: 1, max: 3 })).map(([of, size]) => `vector<${of}, ${size}>`)] : []),
  );
}

/** Types with a cell for each of their parts. */
const typeInParts: fc.Arbitrary<string> = fc.oneof(
  cellType(1, false).map((of) => `list<${of}>`),
  cellType(1, true).map((of) => `set<${of}>`),
  fc.tuple(cellType(1, true), cellType(1, false)).map(([key, of]) => `map<${key}, ${of}>`),
  fc.constantFrom('odd', 'list<int>', 'set<text>', 'map<text, int>'),
);
/** Of clustering columns. In a set or map bound as a key the elements must be in the server's order, which is not known here. */
const clusteringType = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SORTED) },
  fc.constantFrom(...SORTED).map((of) => `frozen<list<${of}>>`),
  fc.tuple(fc.constantFrom(...SORTED), fc.constantFrom(...SORTED)).map((of) => `frozen<tuple<${of.join(', ')}>>`),
);
const dataType = fc.oneof(cellType(2, false), typeInParts);

/** The types of a keyspace for {@link randomColumns}. */
export const typeDdl = (keyspace: string) => `CREATE TYPE ${keyspace}.odd (x int, "Odd y" text, z frozen<list<int>>)`;

const column = (
  name: string,
  type: string,
  kind: TableColumn['kind'],
  position = -1,
  reversed = false,
): TableColumn => ({
  ...{ name, type, kind, position },
  clusteringOrder: kind !== 'clustering' ? 'none' : reversed ? 'desc' : 'asc',
});

/** One to two columns of each part of the key, up to two static ones, two to seven others: of any types and orders. */
export const randomColumns: fc.Arbitrary<TableColumn[]> = fc
  .record({
    partition: fc.array(fc.constantFrom(...SORTED), { minLength: 1, maxLength: 2 }),
    clustering: fc.array(fc.tuple(clusteringType, fc.boolean()), { minLength: 0, maxLength: 2 }),
    statics: fc.array(dataType, { maxLength: 2 }),
    cells: fc.array(cellType(2, false), { minLength: 1, maxLength: 4 }),
    inParts: fc.array(typeInParts, { minLength: 1, maxLength: 3 }),
  })
  .map(({ partition, clustering, statics, cells, inParts }) => [
    ...partition.map((type, at) => column(`p${at}`, type, 'partition_key', at)),
    ...clustering.map(([type, reversed], at) => column(`c${at}`, type, 'clustering', at, reversed)),
    ...(clustering.length === 0 ? [] : statics.map((type, at) => column(`s${at}`, type, 'static'))),
    ...[...cells, ...inParts].map((type, at) => column(at === 0 ? 'Odd "name' : `v${at}`, type, 'regular')),
  ]);

export function tableDdl(keyspace: string, name: string, columns: readonly TableColumn[], defaultTtl: number): string {
  const named = (kind: TableColumn['kind']) => columns.filter((one) => one.kind === kind).map(quoted);
  const key = [`(${named('partition_key').join(', ')})`, ...named('clustering')].join(', ');
  const list = columns.map((one) => `${quoted(one)} ${one.type}${one.kind === 'static' ? ' static' : ''}`).join(', ');
  const orders = columns
    .filter(({ kind }) => kind === 'clustering')
    .map((one) => `${quoted(one)} ${one.clusteringOrder}`);
  const order = orders.length === 0 ? '' : `CLUSTERING ORDER BY (${orders.join(', ')}) AND `;
  return `CREATE TABLE ${keyspace}.${name} (${list}, PRIMARY KEY (${key})) WITH ${order}default_time_to_live = ${defaultTtl}`;
}

const quoted = ({ name }: TableColumn) => `"${name.replaceAll('"', '""')}"`;

/** The table as the server would describe it. */
export function editTable(
  keyspace: string,
  name: string,
  columns: readonly TableColumn[],
  defaultTtlSeconds = 0,
): PlanTable {
  const table = {
    name,
    id: null,
    kind: 'table' as const,
    baseTable: null,
    comment: '',
    columns: [...columns],
    indexes: [],
  };
  const all: Keyspace = {
    ...{ name: keyspace, system: false, virtual: false, durableWrites: true, replication: {}, functions: [] },
    tables: [table],
    types: [{ name: 'odd', fields: FIELDS }],
  };
  const shape = schemaLookup([all]).table(keyspace, name);
  if (shape === undefined) throw new Error('no such table');
  return { keyspace, table: name, shape, defaultTtlSeconds };
}

const udts = () => FIELDS.map(({ name, type }) => ({ name, type: parseCqlType(type, () => undefined) }));
export const typeOf = ({ type }: TableColumn): CqlType => parseCqlType(type, udts, 'any');

/** Types whose values have some bytes at least, which Cassandra validates; in a vector it takes none of an empty one for null. */
const NEVER_EMPTY = /"(smallint|tinyint|date|time|duration|vector)"/;

export const anyValue = (type: CqlType): fc.Arbitrary<JsonValue> =>
  randomFullBytes(type)
    .map((bytes) => toJson(bytes, type))
    .filter((value) => !(NEVER_EMPTY.test(JSON.stringify(type)) && JSON.stringify(value).includes('""')));

/** An edit that fits a cell with this value. */
export function randomEdit(type: CqlType, before: JsonValue): fc.Arbitrary<CellEdit> {
  const whole = fc
    .oneof({ weight: 4, arbitrary: anyValue(type) }, { weight: 1, arbitrary: fc.constant(null) })
    .map((set) => ({ set }));
  return fc.oneof(whole, ...partEdits(type, before));
}

function partEdits(type: CqlType, before: JsonValue): fc.Arbitrary<CellEdit>[] {
  if ('frozen' in type && type.frozen === true) return [];
  switch (type.kind) {
    case 'list': {
      const values = fc.array(anyValue(type.of), { minLength: 1, maxLength: 2 });
      const some = [values.map((append) => ({ append })), values.map((prepend) => ({ prepend }))];
      const length = Array.isArray(before) ? before.length : 0;
      if (length === 0) return some;
      return [
        ...some,
        fc.tuple(fc.nat(length - 1), fc.option(anyValue(type.of))).map((pair): CellEdit => ({ elements: [pair] })),
      ];
    }
    case 'set': {
      const old: readonly JsonValue[] = Array.isArray(before) ? before : [];
      const removed =
        old.length === 0 ? [] : [fc.constantFrom(...old).map((one): CellEdit => ({ elements: [[one, null]] }))];
      return [anyValue(type.of).map((one): CellEdit => ({ elements: [[one, true]] })), ...removed];
    }
    case 'map': {
      const keys = before === null ? [] : mapPairs(before, type).map(([key]) => key);
      const key = fc.oneof(anyValue(type.key), ...(keys.length === 0 ? [] : [fc.constantFrom(...keys)]));
      return [fc.tuple(key, fc.option(anyValue(type.value))).map((pair): CellEdit => ({ elements: [pair] }))];
    }
    case 'udt':
      return type.fields.map(({ name, type: of }) =>
        fc.option(anyValue(of)).map((value): CellEdit => ({ fields: { [name]: value } })),
      );
    default:
      return [];
  }
}
