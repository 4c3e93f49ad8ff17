import { schemaAgreementOf } from '@/lib/cluster/schema-agreement';
import { gapOf } from '@/lib/cluster/system-tables';
import type { Node, TopologyResponse } from '@/lib/contract/topology';
import { effectiveOwnership, primaryOwnership } from '@/lib/ring/ownership';
import { parseReplication, type ReplicationStrategy } from '@/lib/ring/replication';
import { type ClusterFacts, type MemberFacts, type NodeFacts, rowsOf, type ViewRow } from './facts';

export interface TopologyOptions {
  readonly clusterName: string;
  readonly partitioner: string;
  /** The keyspace of effective ownership, with its replication; null: none is asked for. */
  readonly keyspace: { readonly name: string; readonly replication: Record<string, string> } | null;
}

/** The ring's members: what each answers, what one of them gossips of all, and what each owns. */
export function topologyOf(facts: ClusterFacts, { clusterName, partitioner, keyspace }: TopologyOptions) {
  const gossip = gossipOf(facts);
  const owned = ownership(facts.members, keyspace === null ? null : parseReplication(keyspace.replication));
  const byId = new Map(facts.nodes.map((node) => [node.hostId, node]));
  const nodes = facts.members.map((member) => toNode(member, byId.get(member.id), gossip, owned));
  return {
    clusterName,
    partitioner,
    keyspace: keyspace?.name ?? null,
    replication: keyspace?.replication ?? null,
    nodes: nodes.sort(compareNodes),
    schemaAgreement: schemaAgreementOf(nodes),
    asOf: facts.asOf,
    gaps: [...(gossip.gap === null ? [] : [gossip.gap]), ...owned.gaps],
  } satisfies TopologyResponse;
}

interface Gossip {
  /** The node whose view this is. */
  readonly seenBy: string | null;
  /** By host id. */
  readonly views: ReadonlyMap<string, ViewRow>;
  /** Why there is no view; null: there is one. */
  readonly gap: string | null;
}

/** The view of the first node that has one. */
function gossipOf(facts: ClusterFacts): Gossip {
  for (const node of facts.nodes) {
    const read = rowsOf(node, 'gossip');
    if (read === undefined) continue;
    return { seenBy: node.node, views: new Map(read.rows.map((row) => [row.hostId, row])), gap: null };
  }
  return { seenBy: null, views: new Map(), gap: gossipGap(facts) };
}

function gossipGap({ nodes }: ClusterFacts): string {
  const node = nodes.find(({ silence }) => silence === null);
  const read = node?.reads.gossip;
  const release = (node === undefined ? undefined : rowsOf(node, 'local')?.rows[0]?.release) ?? null;
  const reason = read?.outcome === 'not_permitted' ? read.reason : 'no node has been asked for it yet';
  return gapOf('system_views.gossip_info', release, reason);
}

interface Owned {
  readonly primary: ReadonlyMap<string, number>;
  readonly effective: ReadonlyMap<string, number> | undefined;
  readonly gaps: readonly string[];
}

function ownership(members: readonly MemberFacts[], strategy: ReplicationStrategy | null): Owned {
  const primary = primaryOwnership(members);
  if (strategy === null) return { primary, effective: undefined, gaps: [] };
  if (strategy.kind === 'unknown') return { primary, effective: undefined, gaps: [strategy.reason] };
  return { primary, effective: effectiveOwnership(members, strategy), gaps: [] };
}

function toNode(member: MemberFacts, facts: NodeFacts | undefined, gossip: Gossip, owned: Owned): Node {
  const local = facts === undefined ? undefined : rowsOf(facts, 'local')?.rows[0];
  const view = gossip.views.get(member.id);
  const loadBytes = view?.loadBytes ?? null;
  return {
    address: member.node,
    hostId: member.id,
    datacenter: member.datacenter,
    rack: member.rack,
    release: local?.release ?? member.release,
    tokens: member.tokens.map(String),
    reachable: reachability(facts),
    gossip: view?.state ?? { state: 'unknown', reason: gossip.gap ?? `${gossip.seenBy} has no gossip entry for it` },
    gossipSeenBy: gossip.seenBy,
    loadBytes,
    ...(loadBytes === null ? { loadReason: gossip.gap ?? 'its gossip entry has no load' } : {}),
    schemaVersion: local?.schemaVersion ?? member.schemaVersion,
    primaryOwnership: owned.primary.get(member.id) ?? null,
    effectiveOwnership: owned.effective?.get(member.id) ?? null,
  };
}

/** A node that has not answered yet is unknown; one that did not answer in time cannot be reached from here. */
function reachability(facts: NodeFacts | undefined): Node['reachable'] {
  if (facts === undefined) return { state: 'unknown', reason: 'the driver has not found this node yet' };
  const { silence, reads } = facts;
  if (silence !== null) return { state: silence.isLate ? 'unknown' : 'down', reason: silence.reason };
  if (Object.keys(reads).length === 0) return { state: 'unknown', reason: 'it has not answered yet' };
  return { state: 'up' };
}

function compareNodes(a: Node, b: Node): number {
  const keys = (node: Node) => [node.datacenter, node.rack, node.address].join('\u0000');
  return keys(a) < keys(b) ? -1 : 1;
}
