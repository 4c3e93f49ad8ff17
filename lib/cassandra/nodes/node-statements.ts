import 'server-only';
import type { Host, types } from 'cassandra-driver';
import type { FactName, FactRows, ViewRow } from '@/lib/health/facts';
import { gossipOf } from './gossip';
import type { NodeStatement, Response } from './node-statement';
import { SECOND_MS } from './pace';
import { TABLE_STATEMENTS } from './table-statements';

const MINUTE_MS = 60 * SECOND_MS;

function statement<Row>(
  everyMs: number,
  text: string,
  read: (row: types.Row, response: Response) => Row,
): NodeStatement<Row> {
  return { statement: text, everyMs, read: (response) => response.rows.map((row) => read(row, response)) };
}

/**
 * What every node is asked about itself. Tables and columns are those of Cassandra 4.0 to 5.0; what a release lacks is a
 * gap. Sizes and settings hardly change, and snapshots make the server walk its disk.
 */
export const NODE_STATEMENTS: { readonly [name in FactName]: NodeStatement<FactRows[name]> } = {
  // The smallest, and asked most: it also says whether the node answers at all.
  local: statement(
    5 * SECOND_MS,
    'SELECT cluster_name, partitioner, release_version, schema_version, toTimestamp(now()) AS clock FROM system.local',
    (row, { sentMs, receivedMs }) => ({
      clusterName: String(row.get('cluster_name')),
      partitioner: String(row.get('partitioner')),
      release: String(row.get('release_version')),
      schemaVersion: String(row.get('schema_version')),
      clockMs: Number(row.get('clock')),
      sentMs,
      receivedMs,
    }),
  ),
  gossip: {
    statement: 'SELECT * FROM system_views.gossip_info',
    everyMs: 15 * SECOND_MS,
    read: ({ rows, host }) => gossipViews(rows, host),
  },
  peers: statement(
    MINUTE_MS,
    'SELECT host_id, data_center, rack, release_version, schema_version FROM system.peers_v2',
    (row) => ({
      hostId: String(row.get('host_id')),
      state: { state: 'unknown', reason: 'system.peers_v2 does not say whether it is up' },
      release: textOf(row, 'release_version'),
      schemaVersion: textOf(row, 'schema_version'),
      datacenter: textOf(row, 'data_center'),
      rack: textOf(row, 'rack'),
      loadBytes: null,
    }),
  ),
  pools: {
    ...statement(15 * SECOND_MS, 'SELECT * FROM system_views.thread_pools', (row) => ({
      name: String(row.get('name')),
      active: Number(row.get('active_tasks')),
      limit: Number(row.get('active_tasks_limit')),
      pending: Number(row.get('pending_tasks')),
      blocked: Number(row.get('blocked_tasks')),
      blockedEver: Number(row.get('blocked_tasks_all_time')),
    })),
    isCounted: true,
  },
  outbound: {
    ...statement(
      15 * SECOND_MS,
      'SELECT address, port, expired_count, overload_count FROM system_views.internode_outbound',
      (row) => ({
        target: `${row.get('address')}:${row.get('port')}`,
        expired: Number(row.get('expired_count')),
        overloaded: Number(row.get('overload_count')),
      }),
    ),
    isCounted: true,
  },
  queries: statement(15 * SECOND_MS, 'SELECT running_micros FROM system_views.queries', (row) => ({
    runningMs: Number(row.get('running_micros')) / 1_000,
  })),
  hints: {
    ...statement(MINUTE_MS, 'SELECT host_id, files, oldest FROM system_views.pending_hints', (row) => ({
      hostId: String(row.get('host_id')),
      files: Number(row.get('files')),
      oldest: timeOf(row, 'oldest'),
    })),
    isCounted: true,
  },
  // All columns, because 4.0 has no client_options.
  clients: statement(MINUTE_MS, 'SELECT * FROM system_views.clients', (row) => ({
    address: String(row.get('address')),
    driver: [textOf(row, 'driver_name'), textOf(row, 'driver_version')].filter((part) => part !== null).join(' '),
    protocol: Number(row.get('protocol_version')),
    user: textOf(row, 'username'),
    isEncrypted: row.get('ssl_enabled') === true,
    application: applicationOf(row.get('client_options')),
  })),
  caches: statement(5 * MINUTE_MS, 'SELECT name, capacity_bytes FROM system_views.caches', (row) => ({
    name: String(row.get('name')),
    capacityBytes: Number(row.get('capacity_bytes')),
  })),
  largest: statement(5 * MINUTE_MS, 'SELECT * FROM system_views.max_partition_size', (row) => ({
    ...tableOf(row),
    value: Number(row.get('mebibytes')),
  })),
  disk: statement(5 * MINUTE_MS, 'SELECT * FROM system_views.disk_usage', (row) => ({
    ...tableOf(row),
    value: Number(row.get('mebibytes')),
  })),
  tombstones: {
    ...statement(
      5 * MINUTE_MS,
      'SELECT keyspace_name, table_name, p99th FROM system_views.tombstones_per_read',
      (row) => ({ ...tableOf(row), value: Number(row.get('p99th')) }),
    ),
    // The histogram decays: of a few reads nothing is left after some minutes.
    demandedMs: 30 * SECOND_MS,
  },
  snapshots: statement(15 * MINUTE_MS, 'SELECT * FROM system_views.snapshots', (row) => ({
    ...tableOf(row),
    name: String(row.get('name')),
    trueBytes: Number(row.get('true_size')),
    createdAt: timeOf(row, 'created_at'),
    expiresAt: timeOf(row, 'expires_at'),
  })),
  settings: statement(5 * MINUTE_MS, 'SELECT name, value FROM system_views.settings', (row) => ({
    name: String(row.get('name')),
    value: textOf(row, 'value'),
  })),
  tasks: statement(MINUTE_MS, 'SELECT kind FROM system_views.sstable_tasks', (row) => ({
    kind: String(row.get('kind')).toLowerCase(),
  })),
  ...TABLE_STATEMENTS,
};

function gossipViews(rows: readonly types.Row[], observer: Host): ViewRow[] {
  const entries = gossipOf(rows, observer);
  return rows.flatMap((row, index): ViewRow[] => {
    const entry = entries[index];
    if (entry === undefined) return [];
    return [
      {
        hostId: entry.hostId,
        state: entry.state,
        loadBytes: entry.loadBytes,
        release: textOf(row, 'release_version'),
        schemaVersion: textOf(row, 'schema'),
        datacenter: textOf(row, 'dc'),
        rack: textOf(row, 'rack'),
        startedS: row.get('generation') == null ? null : Number(row.get('generation')),
      },
    ];
  });
}

function applicationOf(options: unknown): string | null {
  const name: unknown = options instanceof Map ? options.get('APPLICATION_NAME') : undefined;
  return typeof name === 'string' ? name : null;
}

function tableOf(row: types.Row): { readonly keyspace: string; readonly table: string } {
  return { keyspace: String(row.get('keyspace_name')), table: String(row.get('table_name')) };
}

function textOf(row: types.Row, column: string): string | null {
  const value: unknown = row.get(column);
  return value === null || value === undefined ? null : String(value);
}

function timeOf(row: types.Row, column: string): string | null {
  const value: unknown = row.get(column);
  return value instanceof Date ? value.toISOString() : null;
}
