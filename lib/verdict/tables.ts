import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { paceOf } from '@/lib/cassandra/nodes/ask-nodes';
import { readClusterFacts } from '@/lib/cassandra/nodes/cluster-facts';
import { MOVES_MS } from '@/lib/cassandra/nodes/table-statements';
import type { TableName } from '@/lib/contract/common';
import type { TableNodesResponse, TablesResponse } from '@/lib/contract/tables';
import { Failure } from '@/lib/failure';
import { TABLE_FACTS } from '@/lib/health/facts';
import { tableNodesOf, tablesOf } from '@/lib/health/hurt/tables';

/**
 * All tables, what hurts most first. The nodes are asked within the budget that all readers of a cluster share.
 * @throws Failure when no node can be reached
 */
export async function readTables(cluster: Cluster): Promise<TablesResponse> {
  const facts = await readClusterFacts(cluster, { demanded: TABLE_FACTS });
  return { ...tablesOf(facts), pace: paceOf(await cluster.client(), MOVES_MS) };
}

/** @throws Failure `not_found`, or when no node can be reached */
export async function readTableNodes(cluster: Cluster, { keyspace, table }: TableName): Promise<TableNodesResponse> {
  const facts = await readClusterFacts(cluster, { demanded: TABLE_FACTS });
  const found = tableNodesOf(facts, keyspace, table);
  if (found !== null) return found;
  throw new Failure({
    code: 'not_found',
    message: `There is no table ${keyspace}.${table} that keeps rows on disk.`,
    hint: 'Virtual tables keep none; any other table may have been dropped or renamed.',
    retryable: false,
  });
}
