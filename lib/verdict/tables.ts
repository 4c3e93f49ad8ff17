import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { paceOf } from '@/lib/cassandra/nodes/ask-nodes';
import { readClusterFacts } from '@/lib/cassandra/nodes/cluster-facts';
import { repairedRanges } from '@/lib/cassandra/nodes/repair-history';
import { MOVES_MS } from '@/lib/cassandra/nodes/table-statements';
import type { TableName } from '@/lib/contract/common';
import type { TableNodesResponse, TableRepair, TablesResponse } from '@/lib/contract/tables';
import { Failure } from '@/lib/failure';
import { TABLE_FACTS } from '@/lib/health/facts';
import { tableNodesOf, tablesOf } from '@/lib/health/hurt/tables';
import { REPAIRS_KEPT_DAYS, rangesHave, repairsOf } from '@/lib/health/repairs';

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

/** The ranges of so many of a table's newest repairs are looked at for a token. */
const MOST_LOOKED = 10;

/**
 * When a table was last repaired, and the range of a token, as the cluster's records say.
 * @throws Failure when no node can be reached, or the ranges of a repair cannot be read
 */
export async function readTableRepair(cluster: Cluster, name: TableName, token?: string): Promise<TableRepair> {
  const facts = await readClusterFacts(cluster, { repairs: true });
  const { repairHistory } = facts;
  const nothing = { last: null, here: null, records: 0, looked: 0, grant: null, askedAt: null, statement: null };
  if (repairHistory?.outcome !== 'rows') {
    return { ...nothing, why: repairHistory?.why ?? null, grant: repairHistory?.grant ?? null };
  }
  const { askedAt, statement } = repairHistory;
  const records = repairsOf(facts, name.keyspace, name.table).map(({ id, startedAt, finishedAt }) => {
    return { id, startedAt, endedAt: finishedAt };
  });
  const [last = null] = records;
  const why = `No repair of ${name.keyspace}.${name.table} that ended well is recorded. Cassandra keeps records for ${REPAIRS_KEPT_DAYS} days.`;
  if (last === null) return { ...nothing, why, askedAt, statement };
  const found = token === undefined ? { here: null, looked: 0 } : await lookFor(cluster, records, BigInt(token));
  return { last, ...found, records: records.length, why: null, grant: null, askedAt, statement };
}

async function lookFor(cluster: Cluster, records: readonly NonNullable<TableRepair['last']>[], token: bigint) {
  const client = await cluster.client();
  let looked = 0;
  for (const record of records.slice(0, MOST_LOOKED)) {
    looked += 1;
    if (rangesHave(await repairedRanges(client, record.id), token)) return { here: record, looked };
  }
  return { here: null, looked };
}
