import 'server-only';
import type { Host, types } from 'cassandra-driver';
import { schemaAgreementOf } from '@/lib/cluster/schema-agreement';
import type { Node, TopologyResponse } from '@/lib/contract/topology';
import { effectiveOwnership, primaryOwnership } from '@/lib/ring/ownership';
import { parseReplication, type ReplicationStrategy } from '@/lib/ring/replication';
import { Failure } from '../../failure';
import type { Cluster } from '../client/cluster';
import { askEveryNode, type NodeAnswer, readFromNode } from '../client/system-reads';
import { findKeyspace, readSchemaFor } from '../schema/schema';
import { type GossipView, readGossip } from './gossip';
import { type RingMember, readRingMembers } from './ring-members';

type LocalAnswer = NodeAnswer<types.Row | undefined>;

/**
 * The cluster's nodes: what each answers, what its peers report, and what it owns. A node that does not answer costs only
 * its own facts.
 * @param keyspace the keyspace of effective ownership
 * @throws Failure when no node answers, or the keyspace does not exist
 */
export async function readTopology(cluster: Cluster, keyspace: string | undefined): Promise<TopologyResponse> {
  const [client, identity] = [await cluster.client(), await cluster.identity()];
  const answers = await askEveryNode(client, async (host) => {
    const [row] = await readFromNode(client, host, 'SELECT release_version, schema_version FROM system.local');
    return row;
  });
  const answering = answers.filter(({ failure }) => failure === undefined).map(({ host }) => host);
  const [members, gossip, replication] = await Promise.all([
    readRingMembers(client, answering.length > 0 ? answering : client.hosts.values()),
    readGossip(client, answering),
    keyspace === undefined ? null : replicationOf(cluster, keyspace),
  ]);
  const owned = ownership(members, replication === null ? null : parseReplication(replication));
  const nodes = members.map((member) => toNode(member, answerOf(answers, member), gossip, owned));
  return {
    clusterName: identity.clusterName,
    partitioner: identity.partitioner,
    keyspace: keyspace ?? null,
    replication,
    nodes: nodes.sort((a, b) => compareNodes(a, b)),
    schemaAgreement: schemaAgreementOf(nodes),
    asOf: new Date().toISOString(),
    gaps: [...(gossip.gap === undefined ? [] : [gossip.gap]), ...owned.gaps],
  };
}

async function replicationOf(cluster: Cluster, keyspace: string): Promise<Record<string, string>> {
  const { found } = await readSchemaFor(cluster, (schema) => findKeyspace(schema, keyspace));
  if (found !== undefined) return found.replication;
  throw new Failure({ code: 'not_found', message: `There is no keyspace “${keyspace}”.`, retryable: false });
}

interface Owned {
  readonly primary: ReadonlyMap<string, number>;
  readonly effective: ReadonlyMap<string, number> | undefined;
  readonly gaps: readonly string[];
}

function ownership(members: readonly RingMember[], strategy: ReplicationStrategy | null): Owned {
  const primary = primaryOwnership(members);
  if (strategy === null) return { primary, effective: undefined, gaps: [] };
  if (strategy.kind === 'unknown') return { primary, effective: undefined, gaps: [strategy.reason] };
  return { primary, effective: effectiveOwnership(members, strategy), gaps: [] };
}

function answerOf(answers: readonly LocalAnswer[], member: RingMember): LocalAnswer | undefined {
  return answers.find(({ host }) => sameNode(host, member));
}

function sameNode(host: Host, member: RingMember): boolean {
  return String(host.hostId) === member.id || host.address === member.address;
}

function toNode(member: RingMember, answer: LocalAnswer | undefined, gossip: GossipView, owned: Owned): Node {
  const local = answer?.failure === undefined ? answer?.value : undefined;
  const entry = gossip.nodes.get(member.id);
  const loadReason = gossip.gap ?? 'its gossip entry has no load';
  return {
    address: member.address,
    hostId: member.id,
    datacenter: member.datacenter,
    rack: member.rack,
    release: local ? String(local.get('release_version')) : member.release,
    tokens: member.tokens.map(String),
    reachable: reachability(answer),
    gossip: entry?.state ?? { state: 'unknown', reason: gossip.gap ?? `${gossip.seenBy} has no gossip entry for it` },
    gossipSeenBy: gossip.seenBy,
    loadBytes: entry?.loadBytes ?? null,
    ...(entry?.loadBytes == null ? { loadReason } : {}),
    schemaVersion: local ? String(local.get('schema_version')) : member.schemaVersion,
    primaryOwnership: owned.primary.get(member.id) ?? null,
    effectiveOwnership: owned.effective?.get(member.id) ?? null,
  };
}

function reachability(answer: LocalAnswer | undefined): Node['reachable'] {
  if (answer === undefined) return { state: 'unknown', reason: 'the driver has not found this node yet' };
  if (answer.failure === undefined) return { state: 'up' };
  return { state: 'down', reason: answer.failure.message };
}

function compareNodes(a: Node, b: Node): number {
  const keys = (node: Node) => [node.datacenter, node.rack, node.address].join('\u0000');
  return keys(a) < keys(b) ? -1 : 1;
}
