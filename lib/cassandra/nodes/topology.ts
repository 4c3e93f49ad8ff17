import 'server-only';
import type { TopologyResponse } from '@/lib/contract/topology';
import { topologyOf } from '@/lib/health/topology';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { NO_NODE } from '../client/system-reads';
import { findKeyspace, readSchemaFor } from '../schema/schema';
import { readClusterFacts } from './cluster-facts';

/** Without its members there is no topology, so the first read of them is waited for. */
const FIRST_RING_MS = 10_000;

/**
 * The cluster's nodes: what each answers, what its peers report, and what it owns, by the reading that all viewers share. A
 * node that does not answer costs only its own facts.
 * @param keyspace the keyspace of effective ownership
 * @throws Failure when no node answers, or the keyspace does not exist
 */
export async function readTopology(cluster: Cluster, keyspace: string | undefined): Promise<TopologyResponse> {
  const [identity, facts, replication] = await Promise.all([
    cluster.identity(),
    readClusterFacts(cluster, { firstRingMs: FIRST_RING_MS }),
    keyspace === undefined ? null : replicationOf(cluster, keyspace),
  ]);
  if (facts.members.length === 0 || facts.nodes.every(({ silence }) => silence !== null)) throw NO_NODE;
  return topologyOf(facts, {
    ...identity,
    keyspace: keyspace === undefined || replication === null ? null : { name: keyspace, replication },
  });
}

async function replicationOf(cluster: Cluster, keyspace: string): Promise<Record<string, string>> {
  const { found } = await readSchemaFor(cluster, (schema) => findKeyspace(schema, keyspace));
  if (found !== undefined) return found.replication;
  throw new Failure({ code: 'not_found', message: `There is no keyspace “${keyspace}”.`, retryable: false });
}
