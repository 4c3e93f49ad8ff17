import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import type { SizesResponse } from '@/lib/contract/schema';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { askEveryNode, readFromNode } from '../client/system-reads';

/**
 * Every node writes to `system.table_estimates`, every five minutes, what its SSTables hold of its primary ranges,
 * uncompressed and without memtables; the sum over the nodes counts each partition once. `system_views.disk_usage` is what
 * a table occupies on a node now, compressed, in MiB rounded up.
 */
const SOURCE =
  'system.table_estimates (SSTables only, uncompressed, written by each node every 5 minutes, replicas counted once) and system_views.disk_usage';

interface Sum {
  bytes: number;
  partitions: number;
  diskMebibytes: number;
}

interface NodeSizes {
  readonly estimates: readonly types.Row[];
  /** Null: the node has no such table, or the login may not read it. */
  readonly disk: readonly types.Row[] | null;
  readonly gap: string | null;
}

/** @throws Failure when the cluster cannot be reached; nodes that do not answer are listed as gaps */
export async function readSizes(cluster: Cluster): Promise<SizesResponse> {
  const client = await cluster.client();
  const answers = await askEveryNode(client, (host) => readNodeSizes(client, host));
  const keyspaces = new Map<string, Map<string, Sum>>();
  const gaps: string[] = [];
  let [nodesAnswered, disksKnown] = [0, 0];
  for (const answer of answers) {
    const { address } = answer.host;
    if (answer.failure !== undefined) {
      gaps.push(`${address}: ${answer.failure.message}`);
      continue;
    }
    const { value } = answer;
    nodesAnswered += 1;
    for (const row of value.estimates) addEstimate(keyspaces, row);
    for (const row of value.disk ?? []) addDisk(keyspaces, row);
    if (value.disk !== null) disksKnown += 1;
    if (value.gap !== null) gaps.push(`${address}: ${value.gap}`);
  }
  const isDiskKnown = disksKnown === answers.length;
  return {
    source: SOURCE,
    asOf: new Date().toISOString(),
    nodesAsked: answers.length,
    nodesAnswered,
    keyspaces: [...keyspaces].map(([keyspace, tables]) => ({
      keyspace,
      tables: [...tables].map(([table, { bytes, partitions, diskMebibytes }]) => ({
        table,
        bytes,
        partitions,
        meanPartitionBytes: partitions === 0 ? 0 : Math.round(bytes / partitions),
        diskMebibytes: isDiskKnown ? diskMebibytes : null,
      })),
    })),
    gaps,
  };
}

const DISK = 'SELECT keyspace_name, table_name, mebibytes FROM system_views.disk_usage';

async function readNodeSizes(client: Client, host: Host): Promise<NodeSizes> {
  const [estimates, disk] = await Promise.all([
    readFromNode(client, host, 'SELECT * FROM system.table_estimates'),
    readFromNode(client, host, DISK).catch((error: unknown) => toFailure(error)),
  ]);
  if (Array.isArray(disk)) return { estimates, disk, gap: null };
  return { estimates, disk: null, gap: `system_views.disk_usage: ${disk.message}` };
}

const OF_TABLE = `SELECT partitions_count, mean_partition_size FROM system.table_estimates
  WHERE keyspace_name = ? AND table_name = ? AND range_type = 'local_primary'`;

/**
 * The bytes of one table in one datacenter, each row once, by the same estimates; null where they are not known: a node
 * does not tell, or has nothing in SSTables yet, whatever it may have in memory.
 * @param hosts all nodes of the datacenter
 */
export async function estimateBytes(
  client: Client,
  hosts: readonly Host[],
  table: { readonly keyspace: string | null; readonly name: string } | null,
): Promise<number | null> {
  if (table?.keyspace == null) return null;
  const { keyspace, name } = table;
  try {
    const answers = await Promise.all(hosts.map((host) => readFromNode(client, host, OF_TABLE, [keyspace, name])));
    const bytes = answers.map((rows) => rows.reduce((sum, row) => sum + estimated(row), 0));
    return bytes.includes(0) ? null : bytes.reduce((sum, of) => sum + of, 0);
  } catch {
    // Whoever may not read it, or does not answer, leaves it unknown.
    return null;
  }
}

function estimated(row: types.Row): number {
  return Number(row.get('partitions_count')) * Number(row.get('mean_partition_size'));
}

function addEstimate(keyspaces: Map<string, Map<string, Sum>>, row: types.Row): void {
  if (row.get('range_type') !== 'primary') return;
  const sum = sumOf(keyspaces, row);
  sum.partitions += Number(row.get('partitions_count'));
  sum.bytes += estimated(row);
}

function addDisk(keyspaces: Map<string, Map<string, Sum>>, row: types.Row): void {
  sumOf(keyspaces, row).diskMebibytes += Number(row.get('mebibytes'));
}

function sumOf(keyspaces: Map<string, Map<string, Sum>>, row: types.Row): Sum {
  const [keyspace, table] = [String(row.get('keyspace_name')), String(row.get('table_name'))];
  const tables = keyspaces.get(keyspace) ?? new Map<string, Sum>();
  const sum = tables.get(table) ?? { bytes: 0, partitions: 0, diskMebibytes: 0 };
  tables.set(table, sum);
  keyspaces.set(keyspace, tables);
  return sum;
}
