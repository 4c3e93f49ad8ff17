import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import type { TableName } from '@/lib/contract/common';
import type { Table } from '@/lib/contract/schema';
import type { IndexNodeState, TableDetails } from '@/lib/contract/stats';
import { tableShape } from '@/lib/cql/schema-lookup';
import { indexStateOf, type NodeIndexes } from '@/lib/health/hurt/index-states';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { askEveryNode, readFromNode, readSystem } from '../client/system-reads';
import { readTable } from './schema';

/**
 * What the schema response leaves out about one table: its properties as stored, and whether its indexes are built on
 * each node.
 * @throws Failure `not_found`
 */
export async function readTableDetails(cluster: Cluster, name: TableName): Promise<TableDetails> {
  const client = await cluster.client();
  const { table } = await readTable(cluster, name.keyspace, name.table);
  if (table === undefined || table.kind === 'virtual') {
    throw new Failure({
      code: 'not_found',
      message: `There is no table ${name.keyspace}.${name.table} with properties.`,
      retryable: false,
    });
  }
  const isView = table.kind === 'view';
  const statement = isView
    ? 'SELECT * FROM system_schema.views WHERE keyspace_name = ? AND view_name = ?'
    : 'SELECT * FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?';
  const [row] = await readSystem(client, statement, [name.keyspace, name.table]);
  return {
    properties: propertiesOf(row),
    indexes: table.indexes.length === 0 ? [] : await indexStates(client, name.keyspace, table),
    asOf: new Date().toISOString(),
  };
}

/** Columns of `system_schema` that identify the table instead of setting a property. */
const NAMES = new Set([
  ...['keyspace_name', 'table_name', 'view_name', 'base_table_name', 'base_table_id', 'id', 'flags', 'extensions'],
  ...['include_all_columns', 'where_clause', 'dclocal_read_repair_chance', 'read_repair_chance'],
]);

function propertiesOf(row: types.Row | undefined): TableDetails['properties'] {
  const names = (row?.keys() ?? []).filter((name) => !NAMES.has(name));
  return Object.fromEntries(names.map((name) => [name, propertyOf(row?.get(name))]));
}

function propertyOf(value: unknown): TableDetails['properties'][string] {
  if (value === null || value === undefined) return null;
  if (!(value instanceof Map)) return String(value);
  return Object.fromEntries([...value].map(([key, entry]) => [String(key), String(entry)]));
}

async function indexStates(client: Client, keyspace: string, table: Table): Promise<TableDetails['indexes']> {
  const shapes = tableShape(table, keyspace, () => undefined).indexes;
  const answers = await askEveryNode(client, (host) => readStates(client, host, keyspace));
  return shapes.map(({ name, kind }) => ({
    name,
    nodes: answers.map((answer): IndexNodeState => {
      const node = answer.host.address;
      if (answer.failure !== undefined) return { node, state: 'unknown', reason: answer.failure.message };
      const state = indexStateOf(name, kind === 'sai', answer.value);
      return state === 'unknown'
        ? { node, state, reason: 'the node does not list it in system_views' }
        : { node, state };
    }),
  }));
}

/** In `IndexInfo` the column with the keyspace is called `table_name`. */
async function readStates(client: Client, host: Host, keyspace: string): Promise<NodeIndexes> {
  const built = await readFromNode(client, host, 'SELECT index_name FROM system."IndexInfo" WHERE table_name = ?', [
    keyspace,
  ]);
  return {
    built: new Set(built.map((row) => String(row.get('index_name')))),
    sai: await readSai(client, host, keyspace),
  };
}

async function readSai(client: Client, host: Host, keyspace: string): Promise<NodeIndexes['sai']> {
  try {
    const rows = await readFromNode(
      client,
      host,
      'SELECT * FROM system_views.sai_column_indexes WHERE keyspace_name = ?',
      [keyspace],
    );
    return new Map(
      rows.map((row) => [
        String(row.get('index_name')),
        { queryable: row.get('is_queryable') === true, building: row.get('is_building') === true },
      ]),
    );
  } catch (error) {
    // Before 5.0 there is neither such a table nor such an index.
    if (error instanceof Failure && error.error.code === 'invalid_statement') return undefined;
    throw error;
  }
}
