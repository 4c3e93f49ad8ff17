import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import { grantSelect } from '@/lib/health/grant';
import type { LatencyRow } from '@/lib/live/rates';
import { Failure } from '../../failure';
import { readFromNode } from '../client/system-reads';
import { refusalOf } from './ask-nodes';
import { SECOND_MS } from './pace';
import { latencyMs } from './table-rows';

/** A number of one table on one node. */
interface TableNumber {
  readonly keyspace: string;
  readonly table: string;
  readonly value: number;
}

interface TombstoneRow {
  readonly keyspace: string;
  readonly table: string;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface LivePoolRow {
  readonly name: string;
  readonly pending: number;
  readonly blocked: number;
}

export interface LiveRows {
  readonly local: { readonly generation: number };
  readonly coordinatorRead: LatencyRow;
  readonly coordinatorWrite: LatencyRow;
  readonly coordinatorScan: LatencyRow;
  readonly localRead: LatencyRow;
  readonly localWrite: LatencyRow;
  readonly pools: LivePoolRow;
  readonly tombstones: TombstoneRow;
  readonly clients: { readonly address: string };
  readonly disk: TableNumber;
}
export type LiveName = keyof LiveRows;

interface LiveStatement<Row> {
  readonly table: string;
  readonly statement: string;
  readonly everyMs: number;
  readonly read: (row: types.Row, release: string | null) => Row;
}

/** The shortest interval: that of a round. The others are whole rounds. */
export const ROUND_MS = 10 * SECOND_MS;
const SLOWER_MS = 30 * SECOND_MS;
const DISK_MS = 300 * SECOND_MS;

function latencies(table: string, everyMs: number): LiveStatement<LatencyRow> {
  const statement = `SELECT keyspace_name, table_name, count, p50th_ms, p99th_ms, max_ms FROM system_views.${table}`;
  return {
    table,
    everyMs,
    statement,
    read: (row, release) => ({
      ...tableOf(row),
      count: Number(row.get('count')),
      p50: latencyMs(Number(row.get('p50th_ms')), release),
      p99: latencyMs(Number(row.get('p99th_ms')), release),
      max: latencyMs(Number(row.get('max_ms')), release),
    }),
  };
}

/**
 * What moves on a node, as Cassandra 4.0 to 5.0 say it. The start comes first: a restart during a round is then seen in the
 * counters, which fall, and by the next round at the latest.
 */
export const LIVE_STATEMENTS: { readonly [name in LiveName]: LiveStatement<LiveRows[name]> } = {
  local: {
    table: 'system.local',
    everyMs: ROUND_MS,
    statement: 'SELECT gossip_generation FROM system.local',
    read: (row) => ({ generation: Number(row.get('gossip_generation')) }),
  },
  coordinatorRead: latencies('coordinator_read_latency', ROUND_MS),
  coordinatorWrite: latencies('coordinator_write_latency', ROUND_MS),
  coordinatorScan: latencies('coordinator_scan_latency', SLOWER_MS),
  localRead: latencies('local_read_latency', SLOWER_MS),
  localWrite: latencies('local_write_latency', SLOWER_MS),
  pools: {
    table: 'thread_pools',
    everyMs: ROUND_MS,
    statement: 'SELECT name, pending_tasks, blocked_tasks FROM system_views.thread_pools',
    read: (row) => ({
      name: String(row.get('name')),
      pending: Number(row.get('pending_tasks')),
      blocked: Number(row.get('blocked_tasks')),
    }),
  },
  tombstones: {
    table: 'tombstones_per_read',
    everyMs: SLOWER_MS,
    statement: 'SELECT keyspace_name, table_name, p50th, p99th, max FROM system_views.tombstones_per_read',
    read: (row) => ({
      ...tableOf(row),
      p50: Number(row.get('p50th')),
      p99: Number(row.get('p99th')),
      max: Number(row.get('max')),
    }),
  },
  clients: {
    table: 'clients',
    everyMs: SLOWER_MS,
    statement: 'SELECT address FROM system_views.clients',
    read: (row) => ({ address: String(row.get('address')) }),
  },
  disk: {
    table: 'disk_usage',
    everyMs: DISK_MS,
    statement: 'SELECT keyspace_name, table_name, mebibytes FROM system_views.disk_usage',
    read: (row) => ({ ...tableOf(row), value: Number(row.get('mebibytes')) }),
  },
};

export const LIVE_INTERVALS_MS: readonly number[] = Object.values(LIVE_STATEMENTS).map(({ everyMs }) => everyMs);

/** A response, or why there is none although the node answers. */
export type LiveRead<Row> =
  | { readonly rows: readonly Row[]; readonly atMs: number; readonly why?: undefined }
  | { readonly rows?: undefined; readonly why: string };

/** @throws Failure when the node does not answer */
export async function readLive<Name extends LiveName>(
  client: Client,
  host: Host,
  name: Name,
): Promise<LiveRead<LiveRows[Name]>> {
  const { statement, read, table } = LIVE_STATEMENTS[name];
  const sentMs = performance.now();
  try {
    const rows = await readFromNode(client, host, statement);
    const atMs = (sentMs + performance.now()) / 2;
    return { rows: rows.map((row) => read(row, host.cassandraVersion)), atMs };
  } catch (error) {
    const refusal = error instanceof Failure ? refusalOf(error, statement) : null;
    if (refusal === null) throw error;
    if (refusal.outcome !== 'not_permitted') return { why: `This release has no ${table}.` };
    return { why: `${refusal.reason} ${grantSelect('system_views', refusal.role)} helps.` };
  }
}

function tableOf(row: types.Row): { readonly keyspace: string; readonly table: string } {
  return { keyspace: String(row.get('keyspace_name')), table: String(row.get('table_name')) };
}
