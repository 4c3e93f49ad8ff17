import 'server-only';
import type { Client, types } from 'cassandra-driver';
import type { Keyspace, SchemaResponse, Table, TableColumn, TableIndex } from '@/lib/contract/schema';
import { groupBy } from '@/lib/cql/group-by';
import type { Cluster } from './cluster';
import { toFailure } from './errors';
import { readSystem } from './system-reads';

/** For how long one reading of the schema serves; a person who has just changed it waits this long at the most. */
const FRESH_MS = 3_000;

interface Reading {
  readonly at: number;
  readonly schema: Promise<SchemaResponse>;
}

const readings = new WeakMap<Cluster, Reading>();

/**
 * The schema as `system_schema` and `system_virtual_schema` tell it.
 * @param fresh read it again, however young the last reading is
 * @throws CassandraFailure when keyspaces and tables cannot be read; lesser gaps are listed in the answer
 */
export function readSchema(cluster: Cluster, { fresh = false } = {}): Promise<SchemaResponse> {
  const last = readings.get(cluster);
  if (last !== undefined && !fresh && performance.now() - last.at < FRESH_MS) return last.schema;
  const at = performance.now();
  const schema = cluster.client().then(readFrom);
  readings.set(cluster, { at, schema });
  schema.then(
    (read) => latest.set(cluster, { at, schema: read }),
    () => readings.delete(cluster),
  );
  return schema;
}

const latest = new WeakMap<Cluster, { readonly at: number; readonly schema: SchemaResponse }>();

/**
 * The schema as it was read last, at once, however long ago that was; one that is old is read again meanwhile.
 * Undefined when it has never been read.
 */
export function latestSchema(
  cluster: Cluster,
): { readonly schema: SchemaResponse; readonly isOld: boolean } | undefined {
  const known = latest.get(cluster);
  if (known === undefined) return undefined;
  const isOld = performance.now() - known.at >= FRESH_MS;
  if (isOld) refreshSoon(cluster);
  return { schema: known.schema, isOld };
}

/** The table or view of this name; undefined when there is none. */
export function findTable(schema: SchemaResponse, keyspace: string, table: string): Table | undefined {
  return findKeyspace(schema, keyspace)?.tables.find(({ name }) => name === table);
}

/** After the answer that is being worked on now, which should not wait behind it. */
const REFRESH_AFTER_MS = 500;
const refreshing = new WeakSet<Cluster>();

function refreshSoon(cluster: Cluster): void {
  if (refreshing.has(cluster)) return;
  refreshing.add(cluster);
  const refresh = () => {
    refreshing.delete(cluster);
    // Whether it succeeds is told to whoever asks for the schema.
    readSchema(cluster).catch(() => undefined);
  };
  setTimeout(refresh, REFRESH_AFTER_MS).unref();
}

export function findKeyspace(schema: SchemaResponse, keyspace: string): Keyspace | undefined {
  return schema.keyspaces.find(({ name }) => name === keyspace);
}

type Group = readonly types.Row[];

interface SchemaRows {
  readonly keyspaces: Group;
  readonly tables: Group;
  readonly columns: Group;
  readonly types: Group;
  readonly functions: Group;
  readonly aggregates: Group;
  readonly indexes: Group;
  readonly views: Group;
}

async function readFrom(client: Client): Promise<SchemaResponse> {
  const gaps: string[] = [];
  const optional = (table: string) =>
    readSystem(client, `SELECT * FROM ${table}`).catch((error: unknown) => {
      gaps.push(`${table}: ${toFailure(error).message}`);
      return [];
    });
  const [keyspaces, tables, columns, userTypes, functions, aggregates, indexes, views] = await Promise.all([
    readSystem(client, 'SELECT * FROM system_schema.keyspaces'),
    readSystem(client, 'SELECT keyspace_name, table_name, id, comment FROM system_schema.tables'),
    readSystem(client, 'SELECT * FROM system_schema.columns'),
    optional('system_schema.types'),
    optional('system_schema.functions'),
    optional('system_schema.aggregates'),
    optional('system_schema.indexes'),
    optional('system_schema.views'),
  ]);
  const [virtualKeyspaces, virtualTables, virtualColumns] = await Promise.all([
    optional('system_virtual_schema.keyspaces'),
    optional('system_virtual_schema.tables'),
    optional('system_virtual_schema.columns'),
  ]);
  const real = { keyspaces, tables, columns, types: userTypes, functions, aggregates, indexes, views };
  const virtual = { ...EMPTY, keyspaces: virtualKeyspaces, tables: virtualTables, columns: virtualColumns };
  return {
    keyspaces: [...toKeyspaces(real, false), ...toKeyspaces(virtual, true)].sort((a, b) => compare(a.name, b.name)),
    asOf: new Date().toISOString(),
    gaps,
  };
}

const EMPTY: SchemaRows = {
  keyspaces: [],
  tables: [],
  columns: [],
  types: [],
  functions: [],
  aggregates: [],
  indexes: [],
  views: [],
};

function toKeyspaces(rows: SchemaRows, virtual: boolean): Keyspace[] {
  const group = (list: Group) => groupBy(list, (row) => text(row, 'keyspace_name'));
  const [tables, columns, userTypes, functions, aggregates, indexes, views] = [
    group(rows.tables),
    group(rows.columns),
    group(rows.types),
    group(rows.functions),
    group(rows.aggregates),
    group(rows.indexes),
    group(rows.views),
  ];
  return rows.keyspaces.map((row): Keyspace => {
    const name = text(row, 'keyspace_name');
    const context = { columns: columns.get(name) ?? [], indexes: indexes.get(name) ?? [], virtual };
    return {
      name,
      system: virtual || SYSTEM_KEYSPACE.test(name),
      virtual,
      durableWrites: row.get('durable_writes') !== false,
      replication: stringMap(row.get('replication')),
      tables: toTables(tables.get(name) ?? [], views.get(name) ?? [], context),
      types: (userTypes.get(name) ?? []).map(toUserType),
      functions: [
        ...(functions.get(name) ?? []).map((entry) => toFunction(entry, 'function')),
        ...(aggregates.get(name) ?? []).map((entry) => toFunction(entry, 'aggregate')),
      ],
    };
  });
}

const SYSTEM_KEYSPACE = /^(system(_.*)?|dse_.*|solr_admin)$/;

interface TableContext {
  readonly columns: Group;
  readonly indexes: Group;
  readonly virtual: boolean;
}

function toTables(tables: Group, views: Group, { columns, indexes, virtual }: TableContext): Table[] {
  const columnsOf = groupBy(columns, (row) => text(row, 'table_name'));
  const indexesOf = groupBy(indexes, (row) => text(row, 'table_name'));
  const table = (row: types.Row, name: string, kind: Table['kind'], baseTable: string | null): Table => ({
    name,
    id: virtual ? null : optionalText(row, 'id'),
    kind,
    baseTable,
    comment: optionalText(row, 'comment') ?? '',
    columns: (columnsOf.get(name) ?? []).map(toColumn).sort(byPlace),
    indexes: (indexesOf.get(name) ?? []).map(toIndex),
  });
  return [
    ...tables.map((row) => table(row, text(row, 'table_name'), virtual ? 'virtual' : 'table', null)),
    ...views.map((row) => table(row, text(row, 'view_name'), 'view', text(row, 'base_table_name'))),
  ].sort((a, b) => compare(a.name, b.name));
}

function toColumn(row: types.Row): TableColumn {
  const order = text(row, 'clustering_order').toLowerCase();
  return {
    name: text(row, 'column_name'),
    type: text(row, 'type'),
    kind: columnKind(text(row, 'kind')),
    position: Number(row.get('position')),
    clusteringOrder: order === 'asc' || order === 'desc' ? order : 'none',
  };
}

function columnKind(kind: string): TableColumn['kind'] {
  return kind === 'partition_key' || kind === 'clustering' || kind === 'static' ? kind : 'regular';
}

const KIND_ORDER = ['partition_key', 'clustering', 'static', 'regular'];

/** The order in which Cassandra itself returns a table's columns. */
function byPlace(a: TableColumn, b: TableColumn): number {
  return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || a.position - b.position || compare(a.name, b.name);
}

function toIndex(row: types.Row): TableIndex {
  const { target = '', class_name: className = null, ...options } = stringMap(row.get('options'));
  return { name: text(row, 'index_name'), kind: text(row, 'kind'), target, className, options };
}

function toUserType(row: types.Row): Keyspace['types'][number] {
  const [names, fieldTypes] = [stringList(row.get('field_names')), stringList(row.get('field_types'))];
  return { name: text(row, 'type_name'), fields: names.map((name, at) => ({ name, type: fieldTypes[at] ?? 'blob' })) };
}

function toFunction(row: types.Row, kind: 'function' | 'aggregate'): Keyspace['functions'][number] {
  return {
    name: text(row, `${kind}_name`),
    kind,
    argumentTypes: stringList(row.get('argument_types')),
    returnType: text(row, 'return_type'),
  };
}

function text(row: types.Row, column: string): string {
  return String(row.get(column));
}

function optionalText(row: types.Row, column: string): string | null {
  const value: unknown = row.get(column);
  return value === null || value === undefined ? null : String(value);
}

function stringMap(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, String(entry)]));
}

function stringList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
