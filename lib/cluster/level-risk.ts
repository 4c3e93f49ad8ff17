import { type LevelLoss, lossOf, placeRanges, rangeRing, type Standing, type Verdict } from '@/lib/ring/loss';
import type { RingNode } from '@/lib/ring/placement';
import type { KnownReplication } from '@/lib/ring/replication';

/** The levels that a line about a keyspace speaks of. */
const RISK_LEVELS = ['ONE', 'QUORUM', 'ALL', 'EACH_QUORUM', 'LOCAL_ONE', 'LOCAL_QUORUM'] as const;
type RiskLevel = (typeof RISK_LEVELS)[number];

export interface LevelRisk extends Pick<LevelLoss, 'datacenter' | 'verdict'> {
  readonly level: RiskLevel;
  /** Share of the ring, 0 to 1, for which it fails. Of Murmur3 tokens. */
  readonly failingShare: number;
}

export type { Verdict };

export interface RiskNode extends RingNode {
  readonly standing: Standing;
}

/** These levels with their verdicts; empty for a ring without tokens and for a keyspace whose rows are not replicated. */
export function levelRisks(nodes: readonly RiskNode[], replication: KnownReplication): LevelRisk[] {
  const standings = new Map(nodes.map(({ id, standing }) => [id, standing]));
  const { levels } = lossOf(placeRanges(rangeRing(nodes), replication), (id) => standings.get(id) ?? 'unknown');
  return levels.flatMap(({ level: name, datacenter, verdict, tallies }) => {
    const level = RISK_LEVELS.find((one) => one === name);
    if (level === undefined || !serves(replication, datacenter)) return [];
    return { level, datacenter, verdict, failingShare: tallies.fails.share };
  });
}

/** A datacenter without replicas serves no LOCAL level, which is what its keyspace was made for. */
function serves(replication: KnownReplication, datacenter: string | null): boolean {
  return datacenter === null || replication.kind !== 'network' || (replication.factors.get(datacenter) ?? 0) > 0;
}
