import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import { gapOf } from '@/lib/cluster/system-tables';
import type { TableName } from '@/lib/contract/common';
import type { NodeStats, TableStats, TopPartitions } from '@/lib/contract/stats';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { askEveryNode, readFromNode } from '../client/system-reads';
import { latencyOf, numberOf, perReadOf } from '../nodes/table-rows';
import { readTable } from './schema';

const SOURCE = 'system.table_estimates: SSTables of each node’s primary ranges, written every 5 minutes';

/**
 * What every node reports about a table: estimates of its partitions, latencies and tombstones since it started, and
 * what its last repair recorded. A node that does not answer, or has no such record, does not affect the others.
 * @throws Failure `not_found`
 */
export async function readTableStats(cluster: Cluster, name: TableName): Promise<TableStats> {
  const client = await cluster.client();
  const { table } = await readTable(cluster, name.keyspace, name.table);
  if (table === undefined || table.kind === 'virtual') throw notFound(name);
  const answers = await askEveryNode(client, (host) => readNode(client, host, name));
  return {
    estimates: SOURCE,
    nodes: answers.map((answer) =>
      answer.failure === undefined ? answer.value : unanswered(answer.host.address, answer.failure.message),
    ),
    asOf: new Date().toISOString(),
  };
}

function notFound({ keyspace, table }: TableName): Failure {
  return new Failure({
    code: 'not_found',
    message: `There is no table ${keyspace}.${table} with statistics.`,
    hint: 'Virtual tables have none; any other table may have been dropped or renamed.',
    retryable: false,
  });
}

const NOTHING: Omit<NodeStats, 'node' | 'failure' | 'gaps'> = {
  partitions: null,
  meanPartitionBytes: null,
  maxPartitionMebibytes: null,
  diskMebibytes: null,
  localRead: null,
  localWrite: null,
  coordinatorRead: null,
  coordinatorWrite: null,
  tombstonesPerRead: null,
  rowsPerRead: null,
  largest: null,
  mostTombstones: null,
};

function unanswered(node: string, failure: string): NodeStats {
  return { ...NOTHING, node, failure, gaps: [] };
}

/** @throws Failure when the node does not respond at all */
async function readNode(client: Client, host: Host, name: TableName): Promise<NodeStats> {
  const gaps: string[] = [];
  const ask = async (from: string): Promise<types.Row[]> => {
    const statement = `SELECT * FROM ${from} WHERE keyspace_name = ? AND table_name = ?`;
    try {
      return await readFromNode(client, host, statement, [name.keyspace, name.table]);
    } catch (error) {
      if (!(error instanceof Failure) || !TELLS_NOT.has(error.error.code)) throw error;
      gaps.push(gapOf(from, host.cassandraVersion, error.message));
      return [];
    }
  };
  const estimates = await ask('system.table_estimates');
  const [largest, disk, top] = await Promise.all([
    ask('system_views.max_partition_size'),
    ask('system_views.disk_usage'),
    ask('system.top_partitions'),
  ]);
  const latencies = await Promise.all(LATENCIES.map((view) => ask(`system_views.${view}`)));
  const [localRead, localWrite, coordinatorRead, coordinatorWrite] = latencies.map(([row]) =>
    latencyOf(row, host.cassandraVersion),
  );
  const [tombstones, rows] = await Promise.all([
    ask('system_views.tombstones_per_read'),
    ask('system_views.rows_per_read'),
  ]);
  return {
    node: host.address,
    failure: null,
    ...partitionsOf(estimates),
    maxPartitionMebibytes: numberOf(largest[0], 'mebibytes'),
    diskMebibytes: numberOf(disk[0], 'mebibytes'),
    localRead: localRead ?? null,
    localWrite: localWrite ?? null,
    coordinatorRead: coordinatorRead ?? null,
    coordinatorWrite: coordinatorWrite ?? null,
    tombstonesPerRead: perReadOf(tombstones[0]),
    rowsPerRead: perReadOf(rows[0]),
    largest: topOf(top, 'SIZES'),
    mostTombstones: topOf(top, 'TOMBSTONES'),
    gaps,
  };
}

const LATENCIES = [
  'local_read_latency',
  'local_write_latency',
  'coordinator_read_latency',
  'coordinator_write_latency',
] as const;

/** The release has no such table, or the user may not read it: a gap, not a silent node. */
const TELLS_NOT: ReadonlySet<string> = new Set(['invalid_statement', 'unauthorized', 'syntax_error']);

function partitionsOf(rows: readonly types.Row[]): Pick<NodeStats, 'partitions' | 'meanPartitionBytes'> {
  const primary = rows.filter((row) => row.get('range_type') === 'primary');
  if (primary.length === 0) return { partitions: null, meanPartitionBytes: null };
  let [partitions, bytes] = [0, 0];
  for (const row of primary) {
    const count = Number(row.get('partitions_count'));
    partitions += count;
    bytes += count * Number(row.get('mean_partition_size'));
  }
  return { partitions, meanPartitionBytes: partitions === 0 ? 0 : Math.round(bytes / partitions) };
}

function topOf(rows: readonly types.Row[], type: 'SIZES' | 'TOMBSTONES'): TopPartitions | null {
  const row = rows.find((one) => one.get('top_type') === type);
  if (row === undefined) return null;
  const [top, updatedAt]: [unknown, unknown] = [row.get('top'), row.get('last_update')];
  return {
    updatedAt: updatedAt instanceof Date ? updatedAt.toISOString() : null,
    partitions: (Array.isArray(top) ? top : []).map((entry: { get(index: number): unknown }) => ({
      key: String(entry.get(0)),
      amount: String(entry.get(1)),
    })),
  };
}
