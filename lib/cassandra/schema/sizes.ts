import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import type { SizesResponse } from '@/lib/contract/schema';
import type { Cluster } from '../client/cluster';
import { askEveryNode, readFromNode } from '../client/system-reads';

/**
 * Estimated sizes from `system.table_estimates`: every node writes, every five minutes, what its SSTables hold of its
 * primary ranges. Memtables, replicas and compression are not in it; the sum over the nodes is the data once.
 */
const SOURCE = 'system.table_estimates: SSTables only, written by each node every 5 minutes, replicas counted once';

interface Sum {
  bytes: number;
  partitions: number;
}

/** @throws CassandraFailure when the cluster cannot be reached; nodes that do not answer are listed as gaps */
export async function readSizes(cluster: Cluster): Promise<SizesResponse> {
  const client = await cluster.client();
  const answers = await askEveryNode(client, (host) =>
    readFromNode(client, host, 'SELECT * FROM system.table_estimates'),
  );
  const keyspaces = new Map<string, Map<string, Sum>>();
  const gaps: string[] = [];
  for (const answer of answers) {
    if (answer.failure) gaps.push(`${answer.host.address}: ${answer.failure.message}`);
    else for (const row of answer.value) add(keyspaces, row);
  }
  return {
    source: SOURCE,
    asOf: new Date().toISOString(),
    nodesAsked: answers.length,
    nodesAnswered: answers.length - gaps.length,
    keyspaces: [...keyspaces].map(([keyspace, tables]) => ({
      keyspace,
      tables: [...tables].map(([table, { bytes, partitions }]) => ({
        table,
        bytes,
        partitions,
        meanPartitionBytes: partitions === 0 ? 0 : Math.round(bytes / partitions),
      })),
    })),
    gaps,
  };
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

function add(keyspaces: Map<string, Map<string, Sum>>, row: types.Row): void {
  if (row.get('range_type') !== 'primary') return;
  const [keyspace, table] = [String(row.get('keyspace_name')), String(row.get('table_name'))];
  const tables = keyspaces.get(keyspace) ?? new Map<string, Sum>();
  const sum = tables.get(table) ?? { bytes: 0, partitions: 0 };
  sum.partitions += Number(row.get('partitions_count'));
  sum.bytes += estimated(row);
  tables.set(table, sum);
  keyspaces.set(keyspace, tables);
}
