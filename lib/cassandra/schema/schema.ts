import 'server-only';
import { setTimeout } from 'node:timers/promises';
import type { Client, Host, types } from 'cassandra-driver';
import type { ErrorCode } from '@/lib/contract/errors';
import type { Keyspace, SchemaResponse, Table, TableColumn, TableIndex } from '@/lib/contract/schema';
import { visibleColumns } from '@/lib/cql/compact-storage';
import { groupBy } from '@/lib/cql/group-by';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { NO_NODE, readFromNode } from '../client/system-reads';

/** How long a schema with gaps is used: what could not be read may be readable next time. */
const GAPS_FRESH_MS = 3_000;

interface SchemaRead {
  readonly schema: SchemaResponse;
  readonly at: number;
  /** The node that was read, and its schema version. */
  readonly host: Host;
  readonly version: string;
}

/** A node that answers, since when it is read, and its schema version. */
type Answering = Pick<SchemaRead, 'host' | 'version' | 'at'>;

/** Per cluster: the latest read started, and the latest completed. */
const begun = new WeakMap<Cluster, Promise<SchemaRead>>();
const latest = new WeakMap<Cluster, SchemaRead>();

/**
 * The schema from `system_schema` and `system_virtual_schema`, all from one node. It is cached until that node has
 * another version of it (`schema_version` in `system.local`), which every call checks.
 * @param fresh reload it whatever its version, which does not cover virtual tables
 * @throws Failure when keyspaces and tables cannot be read; minor gaps are listed in the response
 */
export async function readSchema(cluster: Cluster, { fresh = false } = {}): Promise<SchemaResponse> {
  const before = begun.get(cluster);
  const last = fresh ? undefined : await before?.catch(() => undefined);
  const standing = last === undefined ? 'old' : await standingOf(cluster, last);
  if (last !== undefined && standing === 'current') return last.schema;
  const since = begun.get(cluster);
  // Callers that find the same schema outdated share the next read.
  const isSilent = standing === 'silent';
  const host = last?.host ?? latest.get(cluster)?.host;
  const reading = fresh || since === undefined || since === before ? begin(cluster, host, isSilent) : since;
  return (await reading).schema;
}

/** @param host the node that was read before: tried first, or last if it is silent now */
function begin(cluster: Cluster, host?: Host, isSilent = false): Promise<SchemaRead> {
  const rank = (one: Host) => (one === host ? (isSilent ? 1 : -1) : 0);
  const reading = cluster.client().then((client) => readFromAnyNode(client, rank));
  begun.set(cluster, reading);
  reading.then(
    (read) => {
      latest.set(cluster, read);
      cluster.routing.learnKeyspaces(read.schema.keyspaces);
    },
    () => {
      if (begun.get(cluster) === reading) begun.delete(cluster);
    },
  );
  return reading;
}

/** Whether the node that was read still has that schema; silent: it does not answer. */
async function standingOf(
  cluster: Cluster,
  { schema, at, host, version }: SchemaRead,
): Promise<'current' | 'old' | 'silent'> {
  if (!host.isUp()) return 'silent';
  const now = await readVersion(await cluster.client(), host).catch(() => null);
  if (now === null) return 'silent';
  const hasLasted = schema.gaps.length === 0 || performance.now() - at < GAPS_FRESH_MS;
  return now === version && hasLasted ? 'current' : 'old';
}

/** The latest schema read, without waiting, whatever its age. Undefined if it has never been read. */
export function latestSchema(cluster: Cluster): SchemaResponse | undefined {
  return latest.get(cluster)?.schema;
}

/**
 * The schema, and what is looked for in it. The schema is reloaded before that counts as missing, because one node may
 * know of it a moment before another, and virtual tables have no version.
 * @throws Failure
 */
export async function readSchemaFor<Found>(
  cluster: Cluster,
  find: (schema: SchemaResponse) => Found | undefined,
): Promise<{ readonly schema: SchemaResponse; readonly found: Found | undefined }> {
  const schema = await readSchema(cluster);
  const found = find(schema);
  if (found !== undefined) return { schema, found };
  const again = await readSchema(cluster, { fresh: true });
  return { schema: again, found: find(again) };
}

/** {@link readSchemaFor} a table or view. */
export async function readTable(
  cluster: Cluster,
  keyspace: string,
  name: string,
): Promise<{ readonly schema: SchemaResponse; readonly table: Table | undefined }> {
  const { schema, found } = await readSchemaFor(cluster, (read) => findTable(read, keyspace, name));
  return { schema, table: found };
}

/** The table or view with this name; undefined if there is none. */
export function findTable(schema: SchemaResponse, keyspace: string, table: string): Table | undefined {
  return findKeyspace(schema, keyspace)?.tables.find(({ name }) => name === table);
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

/** @throws Failure of the last node tried, or the first that a node returned */
async function readFromAnyNode(client: Client, rank: (host: Host) => number): Promise<SchemaRead> {
  const hosts = client.hosts.values().toSorted((one, other) => rank(one) - rank(other));
  const up = hosts.filter((host) => host.isUp());
  const left = new Set(up.length > 0 ? up : hosts);
  let failure: unknown = NO_NODE;
  while (left.size > 0) {
    try {
      const first = await firstToAnswer(client, [...left]);
      left.delete(first.host);
      return await readFrom(client, first);
    } catch (error) {
      failure = error;
      if (error instanceof AllSilent) throw error.cause;
      if (!isSilence(error)) throw error;
    }
  }
  throw failure;
}

/** A node that does not answer is not waited for longer than this before the next is asked as well. */
const NEXT_AFTER_MS = 300;

/** None of the nodes answers; `cause` is what the last one failed with. */
class AllSilent extends Error {}

/** Which of the nodes answers first, asked in turn, and its schema version. */
async function firstToAnswer(client: Client, hosts: readonly Host[]): Promise<Answering> {
  const asked: Promise<Answering>[] = [];
  const ended = new AbortController();
  try {
    for (const host of hosts) {
      const at = performance.now();
      // Read before the tables, so that a change while they are read shows as another version.
      asked.push(readVersion(client, host).then((version) => ({ host, version, at })));
      const next = setTimeout(NEXT_AFTER_MS, null, { signal: ended.signal }).catch(() => null);
      const first = await Promise.race([Promise.any(asked).catch(() => null), next]);
      if (first !== null) return first;
    }
    return await Promise.any(asked);
  } catch (error) {
    throw new AllSilent('no node answers', { cause: error instanceof AggregateError ? error.errors.at(-1) : error });
  } finally {
    ended.abort();
  }
}

/** Failures after which another node may answer. */
function isSilence(error: unknown): boolean {
  return error instanceof Failure && SILENT.has(error.error.code);
}

const SILENT: ReadonlySet<ErrorCode> = new Set(['cluster_unreachable', 'request_timeout', 'read_timeout']);

async function readVersion(client: Client, host: Host): Promise<string> {
  const [row] = await readFromNode(client, host, 'SELECT schema_version FROM system.local');
  return String(row?.get('schema_version'));
}

async function readFrom(client: Client, { host, version, at }: Answering): Promise<SchemaRead> {
  const read = (statement: string) => readFromNode(client, host, statement);
  const gaps: string[] = [];
  const optional = (table: string) =>
    read(`SELECT * FROM ${table}`).catch((error: unknown) => {
      if (isSilence(error)) throw error;
      gaps.push(`${table}: ${toFailure(error).message}`);
      return [];
    });
  const [keyspaces, tables, columns, userTypes, functions, aggregates, indexes, views] = await Promise.all([
    read('SELECT * FROM system_schema.keyspaces'),
    read('SELECT keyspace_name, table_name, id, comment, flags FROM system_schema.tables'),
    read('SELECT * FROM system_schema.columns'),
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
  const schema = {
    keyspaces: [...toKeyspaces(real, false), ...toKeyspaces(virtual, true)].sort((a, b) => compare(a.name, b.name)),
    asOf: new Date().toISOString(),
    gaps,
  };
  return { schema, at, host, version };
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
    columns: columnsIn(columnsOf.get(name) ?? [], virtual || kind === 'view' ? null : row.get('flags')),
    indexes: (indexesOf.get(name) ?? []).map(toIndex),
  });
  return [
    ...tables.map((row) => table(row, text(row, 'table_name'), virtual ? 'virtual' : 'table', null)),
    ...views.map((row) => table(row, text(row, 'view_name'), 'view', text(row, 'base_table_name'))),
  ].sort((a, b) => compare(a.name, b.name));
}

/** @param flags of a table; null for views and virtual tables, which have none */
function columnsIn(rows: Group, flags: unknown): TableColumn[] {
  const columns = rows.map(toColumn);
  return (flags === null ? columns : visibleColumns(columns, stringList(flags))).sort(byPlace);
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
  if (!(value instanceof Map)) return {};
  return Object.fromEntries([...value].map(([key, entry]) => [String(key), String(entry)]));
}

function stringList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
