import { datacenterSizes, placeAt, type RingNode, ringTokens } from '@/lib/ring/placement';
import { rangeSize, shareOfRing } from '@/lib/ring/ranges';
import type { KnownReplication } from '@/lib/ring/replication';
import type { NodeStanding } from './node-standing';

/**
 * Which consistency levels still work for every range of a keyspace, by the rules of Cassandra 5.0: `blockFor` of
 * `ConsistencyLevel` says how many replicas a level needs, by the replication factor that is configured, whatever nodes
 * there are; `ReplicaPlans.isSufficientLiveReplicasForRead` says which replicas count.
 */

type RiskLevel = 'ONE' | 'QUORUM' | 'ALL' | 'EACH_QUORUM' | 'LOCAL_ONE' | 'LOCAL_QUORUM';

/** `never`: it needs more replicas than this replication places, even with every node up. */
export type Verdict = 'works' | 'unknown' | 'fails' | 'never';

export interface LevelRisk {
  readonly level: RiskLevel;
  /** The coordinator's, for the LOCAL levels; null for the others. */
  readonly datacenter: string | null;
  readonly verdict: Verdict;
  /** Replicas that it waits for. */
  readonly needed: number;
  /** Share of the ring, 0 to 1, for which it fails. Of Murmur3 tokens. */
  readonly failingShare: number;
}

export interface RiskNode extends RingNode {
  readonly standing: NodeStanding;
}

/** So many replicas of one datacenter, or of any. */
interface Need {
  readonly datacenter: string | null;
  readonly replicas: number;
}

interface Requirement {
  readonly level: RiskLevel;
  readonly datacenter: string | null;
  readonly needs: readonly Need[];
}

interface Range {
  readonly replicas: readonly RiskNode[];
  readonly size: bigint;
}

/** Every level with its verdict; empty for a ring without tokens and for a keyspace whose rows are not replicated. */
export function levelRisks(nodes: readonly RiskNode[], replication: KnownReplication): LevelRisk[] {
  const ranges = replicatedRanges(nodes, replication);
  if (ranges.length === 0) return [];
  return requirementsOf(nodes, replication).map(({ level, datacenter, needs }) => {
    let verdict: Verdict = 'works';
    let failing = 0n;
    for (const { replicas, size } of ranges) {
      const own = worst(needs.map((need) => verdictOf(need, replicas)));
      if (own === 'fails') failing += size;
      verdict = worst([verdict, own]);
    }
    const needed = needs.reduce((sum, { replicas }) => sum + replicas, 0);
    return { level, datacenter, verdict, needed, failingShare: shareOfRing(failing) };
  });
}

function replicatedRanges(nodes: readonly RiskNode[], replication: KnownReplication): Range[] {
  if (replication.kind === 'local') return [];
  const ring = ringTokens(nodes);
  const sizes = datacenterSizes(nodes);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return ring.map(({ token }, index) => ({
    replicas: placeAt(ring, index, replication, sizes).flatMap((id) => byId.get(id) ?? []),
    size: rangeSize({ from: ring.at(index - 1)?.token ?? token, to: token }),
  }));
}

function requirementsOf(nodes: readonly RiskNode[], replication: KnownReplication): Requirement[] {
  const datacenters = [...datacenterSizes(nodes).keys()].sort((a, b) => a.localeCompare(b, 'en'));
  const factors = replication.kind === 'network' ? replication.factors : undefined;
  const total = totalFactor(nodes, replication);
  // A datacenter without replicas serves no LOCAL level, which is what its keyspace was made for.
  const own = datacenters.filter((datacenter) => factors === undefined || (factors.get(datacenter) ?? 0) > 0);
  const quorum = { datacenter: null, replicas: quorumOf(total) };
  const local = own.map((datacenter) => ({ datacenter, replicas: quorumOf(factors?.get(datacenter) ?? total) }));
  return [
    { level: 'ONE', datacenter: null, needs: [{ datacenter: null, replicas: 1 }] },
    { level: 'QUORUM', datacenter: null, needs: [quorum] },
    { level: 'ALL', datacenter: null, needs: [{ datacenter: null, replicas: total }] },
    { level: 'EACH_QUORUM', datacenter: null, needs: factors === undefined ? [quorum] : eachQuorum(factors) },
    ...own.map((datacenter): Requirement => ({ level: 'LOCAL_ONE', datacenter, needs: [{ datacenter, replicas: 1 }] })),
    ...local.map((need): Requirement => ({ level: 'LOCAL_QUORUM', datacenter: need.datacenter, needs: [need] })),
  ];
}

/** One for each datacenter that has a factor, also where it has no nodes: the level asks there all the same. */
function eachQuorum(factors: ReadonlyMap<string, number>): Need[] {
  return [...factors].flatMap(([datacenter, factor]) =>
    factor > 0 ? [{ datacenter, replicas: quorumOf(factor) }] : [],
  );
}

function totalFactor(nodes: readonly RiskNode[], replication: KnownReplication): number {
  switch (replication.kind) {
    case 'simple':
      return replication.factor;
    case 'network':
      return [...replication.factors.values()].reduce((sum, factor) => sum + factor, 0);
    case 'everywhere':
      return nodes.filter(({ tokens }) => tokens.length > 0).length;
    case 'local':
      return 0;
    default:
      return replication satisfies never;
  }
}

function quorumOf(factor: number): number {
  return Math.floor(factor / 2) + 1;
}

function verdictOf({ datacenter, replicas: needed }: Need, replicas: readonly RiskNode[]): Verdict {
  const counted = replicas.filter((node) => datacenter === null || node.datacenter === datacenter);
  const of = (standing: NodeStanding) => counted.filter((node) => node.standing === standing).length;
  if (counted.length < needed) return 'never';
  if (of('up') >= needed) return 'works';
  return of('up') + of('unknown') >= needed ? 'unknown' : 'fails';
}

const WORST_LAST: readonly Verdict[] = ['works', 'unknown', 'fails', 'never'];

function worst(verdicts: readonly Verdict[]): Verdict {
  return WORST_LAST[Math.max(0, ...verdicts.map((verdict) => WORST_LAST.indexOf(verdict)))] ?? 'works';
}
