import type { SizesResponse } from '@/lib/contract/schema';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { quoteString } from '@/lib/cql/literals';
import type { NodeChange, RingChange } from '@/lib/ring/change';
import type { RingNode } from '@/lib/ring/placement';
import type { KnownReplication } from '@/lib/ring/replication';
import { formatShare, plural } from '@/lib/text/format';

/** One line of a plan: what a person runs, and where. */
export interface PlanStep {
  readonly where: string;
  readonly run: string;
  readonly why: string;
}

/** The plan as text to take along: a comment, then the command. */
export function planText(steps: readonly PlanStep[]): string {
  return steps.map(({ where, run, why }) => `# ${where}: ${why}\n${run}\n`).join('\n');
}

/** Replication options as a person edits them. */
export interface WantedReplication {
  readonly strategy: 'SimpleStrategy' | 'NetworkTopologyStrategy';
  /** By datacenter; for SimpleStrategy under the name `replication_factor`. */
  readonly factors: ReadonlyMap<string, number>;
}

/** A datacenter with no replica is left out: Cassandra keeps no factor of 0. */
export function replicationOptions({ strategy, factors }: WantedReplication): Record<string, string> {
  const named = [...factors]
    .filter(([, factor]) => factor > 0)
    .map(([name, factor]) => [name, String(factor)] as const);
  return { class: strategy, ...Object.fromEntries(named) };
}

export function alterStatement(keyspace: string, wanted: WantedReplication): string {
  const options = Object.entries(replicationOptions(wanted)).map(
    ([name, value]) => `${quoteString(name)}: ${quoteString(value)}`,
  );
  return `ALTER KEYSPACE ${quoteIdentifier(keyspace)} WITH replication = {${options.join(', ')}};`;
}

type Place = Pick<RingNode, 'id' | 'datacenter'>;

export interface ReplicationChange {
  readonly keyspace: string;
  readonly wanted: WantedReplication;
  readonly change: RingChange;
  readonly nodes: readonly Place[];
}

/** ALTER, then the data to where it belongs, then the space back. */
export function replicationSteps({ keyspace, wanted, change, nodes }: ReplicationChange): PlanStep[] {
  const gaining = nodesThat(change, nodes, ({ gained }) => gained > 0);
  const dropping = nodesThat(change, nodes, ({ dropped }) => dropped > 0);
  const held = new Set(nodesThat(change, nodes, ({ before }) => before > 0).map(({ datacenter }) => datacenter));
  const source = [...held].sort()[0];
  const steps: PlanStep[] = [
    {
      where: 'cqlsh, once',
      run: alterStatement(keyspace, wanted),
      why:
        gaining.length > 0
          ? 'from here on the new replicas are written and read too'
          : 'from here on the dropped replicas are neither written nor read',
    },
  ];
  for (const { id, datacenter } of gaining) {
    const isNew = !held.has(datacenter) && source !== undefined;
    steps.push(
      isNew
        ? {
            where: `on ${id}`,
            run: `nodetool rebuild --keyspace ${keyspace} -- ${source}`,
            why: `${datacenter} had no replica: streams what ${source} has`,
          }
        : {
            where: `on ${id}`,
            run: `nodetool repair -full ${keyspace}`,
            why: 'copies the rows that it has no replica of yet; one node after another',
          },
    );
  }
  for (const { id } of dropping) {
    steps.push({
      where: `on ${id}`,
      run: `nodetool cleanup ${keyspace}`,
      why: 'only when all of the above has ended: deletes rows that it is no replica of any more',
    });
  }
  return steps;
}

/** What goes wrong with this change unless a person knows of it. */
export function replicationWarnings(
  { keyspace, change, wanted }: Omit<ReplicationChange, 'nodes'>,
  members: readonly RingNode[],
): string[] {
  const sizes = new Map<string, number>();
  for (const { datacenter, tokens } of members) {
    if (tokens.length > 0) sizes.set(datacenter, (sizes.get(datacenter) ?? 0) + 1);
  }
  const total = [...sizes.values()].reduce((sum, count) => sum + count, 0);
  const short = [...wanted.factors].flatMap(([name, factor]) => {
    const count = wanted.strategy === 'SimpleStrategy' ? total : (sizes.get(name) ?? 0);
    const there = wanted.strategy === 'SimpleStrategy' ? 'The cluster' : name;
    return factor > count
      ? [`${there} has ${plural(count, 'node')}, fewer than the ${plural(factor, 'replica')}: ALL can never be met.`]
      : [];
  });
  return [
    ...short,
    ...(wanted.strategy === 'SimpleStrategy' && sizes.size > 1
      ? ['SimpleStrategy knows no datacenters: the replicas of a row may all be in one of them.']
      : []),
    ...(change.orphaned > 0
      ? [
          `For ${formatShare(change.orphaned)} of the ring no present replica stays: reads of ${keyspace} find nothing there until the data has moved, and cleanup on the old replicas deletes the only copy if it has not. Add the new replicas first, move the data, and drop the old ones in a second change.`,
        ]
      : []),
    ...(change.outvoted > change.orphaned
      ? [
          `For ${formatShare(change.outvoted)} of the ring the new replicas alone are a quorum: until they have the data, reads at QUORUM and weaker may miss rows. Read at ALL meanwhile, or add one replica at a time.`,
        ]
      : []),
    ...(change.gained > 0 && change.outvoted === 0
      ? ['Until the data has moved, reads at ONE and LOCAL_ONE may miss rows; QUORUM sees at least one old replica.']
      : []),
  ];
}

/** A node that comes, or one that goes. */
export type NodeQuestion =
  | { readonly kind: 'add'; readonly node: RingNode }
  | { readonly kind: 'remove'; readonly node: RingNode; readonly hostId: string | null; readonly isUp: boolean };

/** @param affected ids of the nodes that give up rows, for cleanup */
export function nodeSteps(question: NodeQuestion, affected: readonly string[]): PlanStep[] {
  const { node } = question;
  if (question.kind === 'add') {
    return [
      {
        where: 'on the new node, cassandra.yaml',
        run: `num_tokens: ${node.tokens.length}`,
        why: 'the cluster_name, seeds and snitch of the others; not a seed itself; auto_bootstrap left alone',
      },
      {
        where: 'on the new node, cassandra-rackdc.properties',
        run: `dc=${node.datacenter}\nrack=${node.rack}`,
        why: 'for GossipingPropertyFileSnitch',
      },
      { where: 'on the new node', run: 'systemctl start cassandra', why: 'it joins and streams its ranges' },
      { where: 'on the new node', run: 'nodetool netstats', why: 'shows the streams; wait for “Mode: NORMAL”' },
      ...affected.map((id) => ({
        where: `on ${id}`,
        run: 'nodetool cleanup',
        why: 'only when the new node is up: deletes rows that it is no replica of any more; one node after another',
      })),
    ];
  }
  return question.isUp
    ? [
        { where: `on ${node.id}`, run: 'nodetool decommission', why: 'streams its ranges to the others, then leaves' },
        { where: 'on any other node', run: 'nodetool status', why: 'it must be gone from the list' },
      ]
    : [
        {
          where: 'on any living node',
          run: `nodetool removenode ${question.hostId ?? 'HOST_ID'}`,
          why: 'the other replicas stream its ranges, because it cannot itself',
        },
        { where: 'on any living node', run: 'nodetool removenode status', why: 'until it has ended' },
        ...affected.map((id) => ({
          where: `on ${id}`,
          run: 'nodetool repair -full',
          why: 'what only the dead node had is not known to anybody; the rest is made equal',
        })),
      ];
}

/** What stands in the way of a node that goes, and what a node that comes makes uneven. */
export function nodeWarnings(
  { kind, node }: NodeQuestion,
  after: readonly RingNode[],
  keyspaces: readonly { readonly name: string; readonly replication: KnownReplication }[],
): string[] {
  const members = after.filter(({ datacenter, tokens }) => datacenter === node.datacenter && tokens.length > 0);
  if (kind === 'add') {
    const racks = new Map<string, number>();
    for (const { rack } of members) racks.set(rack, (racks.get(rack) ?? 0) + 1);
    const counts = [...racks.values()];
    return racks.size > 1 && Math.max(...counts) > Math.min(...counts)
      ? [`The racks of ${node.datacenter} then have ${listed(racks)}: nodes of the smaller racks hold more rows.`]
      : [];
  }
  const short = keyspaces.flatMap(({ name, replication }) => {
    const factor =
      replication.kind === 'network'
        ? (replication.factors.get(node.datacenter) ?? 0)
        : replication.kind === 'simple'
          ? replication.factor
          : 0;
    const left = replication.kind === 'network' ? members.length : after.length;
    return factor > left ? [`${name} (${plural(factor, 'replica')})`] : [];
  });
  if (short.length === 0) return [];
  return [
    `Fewer nodes than replicas are left for ${short.join(', ')}: decommission refuses this. Lower their replication factor first.`,
  ];
}

function listed(racks: ReadonlyMap<string, number>): string {
  return [...racks].map(([rack, count]) => `${plural(count, 'node')} in ${rack}`).join(', ');
}

/** A size with where it comes from. */
export interface SizeEstimate {
  /** One copy of all rows of the keyspace. */
  readonly bytes: number;
  readonly source: string;
}

const MEBIBYTE = 2 ** 20;

/**
 * One copy of a keyspace's rows: what is on disk on all nodes, divided by the copies there; or what the nodes estimate, where
 * one of them did not report its disk. Undefined when neither is known.
 * @param copies of every row, on average
 */
export function copySize(sizes: SizesResponse, keyspace: string, copies: number): SizeEstimate | undefined {
  const tables = sizes.keyspaces.find((one) => one.keyspace === keyspace)?.tables;
  if (tables === undefined || tables.length === 0) return undefined;
  const disk = tables.reduce<number | null>(
    (sum, { diskMebibytes }) => (sum === null || diskMebibytes === null ? null : sum + diskMebibytes),
    0,
  );
  if (disk !== null && disk > 0 && copies > 0) {
    return {
      bytes: (disk * MEBIBYTE) / copies,
      source: 'an upper bound from the disk of all nodes (system_views.disk_usage, whole MiB a table and node)',
    };
  }
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  if (bytes === 0) return undefined;
  return { bytes, source: `estimated by the nodes, uncompressed (${sizes.source}, minutes old)` };
}

function nodesThat<Node extends Place>(
  { nodes: changes }: RingChange,
  nodes: readonly Node[],
  does: (change: NodeChange) => boolean,
): Node[] {
  return nodes.filter(({ id }) => changes.some((change) => change.id === id && does(change)));
}

/** The replication as a form has it; undefined for a strategy that no form changes. */
export function wantedOf(replication: KnownReplication): WantedReplication | undefined {
  switch (replication.kind) {
    case 'simple':
      return { strategy: 'SimpleStrategy', factors: new Map([['replication_factor', replication.factor]]) };
    case 'network':
      return { strategy: 'NetworkTopologyStrategy', factors: replication.factors };
    case 'local':
    case 'everywhere':
      return undefined;
    default:
      return replication satisfies never;
  }
}
