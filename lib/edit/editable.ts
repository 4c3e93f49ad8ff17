import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Keyspace, Table } from '@/lib/contract/schema';
import { keyPlaces, type RowKey } from '../cql/row-key';
import { type ColumnShape, schemaLookup } from '../cql/schema-lookup';
import { parseSelect } from '../cql/select-parser';
import type { EditTable } from './table';

/** A row's values, in the order of a result's columns. */
export type Values = readonly JsonValue[];

/** The rows of a result, as those of a table that can be changed. */
export interface EditableRows {
  readonly table: EditTable;
  /** By which of a row's values: its column; undefined: it is none of the table's, such as `count(*)`. */
  readonly columns: readonly (ColumnShape | undefined)[];
  /** Which of a row's values a column is, by name. */
  readonly sources: ReadonlyMap<string, number>;
  /** Which of a row's values are masked: the column's name and the role that masks it. */
  readonly masked: ReadonlyMap<number, { readonly name: string; readonly role: string }>;
}

export interface ResultToEdit {
  /** The keyspace and name of the table that the rows are from; null where they are of no one table. */
  readonly keyspace: string | null;
  readonly name: string | null;
  readonly columns: readonly Pick<ResultColumn, 'name' | 'kind' | 'masked'>[];
  /** The statement that reads the rows; absent: the table is browsed. */
  readonly statement?: string | undefined;
  readonly isReadOnly: boolean;
  readonly keyspaces: readonly Keyspace[];
}

/** Why no row can be changed, in one line. */
export interface NotEditable {
  readonly refusal: string;
}

/** Whether the rows of a result can be changed: only those of a table that are named by its whole primary key. */
export function editableRows(result: ResultToEdit): EditableRows | NotEditable {
  const { keyspace, name, columns, keyspaces } = result;
  if (result.isReadOnly) return refused('This cluster is read-only here. To allow changes, set writes: true for it.');
  const home = keyspaces.find((one) => one.name === keyspace);
  const table = home?.tables.find((one) => one.name === name);
  if (home === undefined || table === undefined) {
    return refused('These rows are not those of one known table, so they cannot be changed here.');
  }
  const why = refusalOf(home, table) ?? (result.statement === undefined ? null : shapeRefusal(result.statement));
  if (why !== null) return refused(why);
  if (table.lacks?.includes('write')) {
    return refused(`You may not change these rows: it needs write on ${home.name}.${table.name}.`);
  }
  const key = keyPlaces(table, columns);
  if ('missing' in key) {
    const are = key.missing.length === 1 ? 'is not among its columns' : 'are not among its columns';
    return refused(`This result does not say which rows these are: ${key.missing.join(', ')} ${are}.`);
  }
  const shape = schemaLookup(keyspaces).table(home.name, table.name);
  if (shape === undefined) return refused('The table’s definition is not known yet.');
  const shapes = new Map(shape.columns.map((column) => [column.name, column]));
  const found = columns.map((column) => (column.kind === 'computed' ? undefined : shapes.get(column.name)));
  const sources = new Map<string, number>();
  found.forEach((column, source) => {
    if (column !== undefined && !sources.has(column.name)) sources.set(column.name, source);
  });
  const masked = maskedOf(columns);
  return { table: { keyspace: home.name, table: table.name, shape }, columns: found, sources, masked };
}

function maskedOf(columns: ResultToEdit['columns']): EditableRows['masked'] {
  return new Map(
    columns.flatMap(({ name, masked: role }, source) =>
      role === undefined ? [] : [[source, { name, role }] as const],
    ),
  );
}

/** The table without its masked columns, for what a person fills in. Changes that wait are of the whole table. */
export function filledTable({ table, masked }: EditableRows): EditTable {
  if (masked.size === 0) return table;
  const hidden = new Set([...masked.values()].map(({ name }) => name));
  const { shape } = table;
  return { ...table, shape: { ...shape, columns: shape.columns.filter(({ name }) => !hidden.has(name)) } };
}

/** Why no row gets another key; null: nothing is masked, so that the whole row can go. */
export function moveRefusal({ masked }: EditableRows): string | null {
  const [first] = masked.values();
  if (first === undefined) return null;
  return `${first.name} is masked for you by the role ${first.role}, and could not go with the row.`;
}

function refusalOf(home: Keyspace, table: Table): string | null {
  if (table.kind === 'view') {
    const base = table.baseTable === null ? 'its base table' : table.baseTable;
    return `${table.name} is a materialized view, which Cassandra maintains: change ${base} instead.`;
  }
  if (table.kind === 'virtual' || home.virtual) {
    return `${table.name} is a virtual table: its rows are made when they are read.`;
  }
  return home.system ? `${home.name} belongs to Cassandra itself: its rows are not changed here.` : null;
}

/** A row of such a result may be made of several, or of a part of one. */
function shapeRefusal(statement: string): string | null {
  const select = parseSelect(statement);
  if (select === undefined) return 'Ringside does not understand this SELECT, so its rows cannot be changed here.';
  if (select.isJson) return 'SELECT JSON gives texts: select the columns to change rows.';
  if (select.isDistinct) return 'SELECT DISTINCT gives partitions: select rows to change them.';
  if (select.hasGroupBy) return 'GROUP BY makes one row of several: select rows to change them.';
  return null;
}

function refused(refusal: string): NotEditable {
  return { refusal };
}

/** What an edit of a cell means. */
export type CellPlace =
  /** `key` names the row, or for a static column the partition. */
  | { readonly kind: 'cell'; readonly column: ColumnShape; readonly key: RowKey }
  /** A part of the primary key: the row can be moved. */
  | { readonly kind: 'key'; readonly column: ColumnShape }
  | { readonly kind: 'refused'; readonly why: string };

/** Which cell of the table a value of a row is. */
export function cellPlace(rows: EditableRows, values: Values, source: number): CellPlace {
  const column = rows.columns[source];
  const masked = rows.masked.get(source);
  if (masked !== undefined) {
    return {
      kind: 'refused',
      why: `${masked.name} is masked for you by the role ${masked.role}, so it cannot be edited.`,
    };
  }
  if (column === undefined) return { kind: 'refused', why: 'This value is computed: the table has no such column.' };
  if (column.kind === 'static') return { kind: 'cell', column, key: partitionKeyOf(rows, values) };
  if (!hasRow(rows, values)) {
    const why = 'This partition has static values and no rows: add a row to set other columns.';
    return { kind: 'refused', why };
  }
  if (column.kind !== 'regular') return { kind: 'key', column };
  return { kind: 'cell', column, key: rowKeyOf(rows, values) };
}

/** False for what a partition shows of its static values where it has no rows. */
export function hasRow(rows: EditableRows, values: Values): boolean {
  return rows.table.shape.clusteringKey.every((name) => valueNamed(rows, values, name) !== null);
}

/** The whole primary key of a row. */
export function rowKeyOf(rows: EditableRows, values: Values): RowKey {
  const { partitionKey, clusteringKey } = rows.table.shape;
  return keyOf(rows, values, [...partitionKey, ...clusteringKey]);
}

export function partitionKeyOf(rows: EditableRows, values: Values): RowKey {
  return keyOf(rows, values, rows.table.shape.partitionKey);
}

function keyOf(rows: EditableRows, values: Values, names: readonly string[]): RowKey {
  return Object.fromEntries(names.map((name) => [name, valueNamed(rows, values, name)]));
}

export function valueNamed({ sources }: EditableRows, values: Values, name: string): JsonValue {
  const source = sources.get(name);
  return source === undefined ? null : (values[source] ?? null);
}

/** What is seen of a row, or of a partition's static columns, without the key. */
export function seenOf(
  rows: EditableRows,
  values: Values,
  part: 'row' | 'static',
): Readonly<Record<string, JsonValue>> {
  const seen = [...rows.sources].flatMap(([name, source]): [string, JsonValue][] => {
    const kind = rows.columns[source]?.kind;
    const isPart = kind === 'static' || (part === 'row' && kind === 'regular');
    return isPart ? [[name, values[source] ?? null]] : [];
  });
  return Object.fromEntries(seen);
}
