import type { Keyspace } from '@/lib/contract/schema';
import type { Node } from '@/lib/contract/topology';
import { circleShare } from '@/lib/ring/arcs';
import {
  type LevelLoss,
  type Loss,
  lossOf,
  type PlacedRanges,
  placeRanges,
  type RangeRing,
  rangeAt,
  rangeRing,
  replicasAt,
  type Standing,
} from '@/lib/ring/loss';
import type { RingNode } from '@/lib/ring/placement';
import { rangeSize, shareOfRing } from '@/lib/ring/ranges';
import { parseReplication } from '@/lib/ring/replication';
import { standingOf } from './node-standing';
import { replicationInWords } from './replication-words';

/** A keyspace's place on the ring; it stays the same whoever is lost. */
export interface PlacedKeyspace {
  readonly name: string;
  readonly system: boolean;
  /** Its replication in a sentence. */
  readonly replication: string;
  /** Undefined where it has none, see `problem`. */
  readonly placed: PlacedRanges | undefined;
  /** Why there is nothing to compute. */
  readonly problem: string | undefined;
}

/** A placed keyspace, and what it loses. */
export interface KeyspaceLoss extends PlacedKeyspace {
  readonly loss: Loss;
  /** One for each level, as a coordinator in the chosen datacenter has it. */
  readonly cells: readonly LevelLoss[];
}

/** One keyspace at one level. */
export interface ChosenCell {
  readonly keyspace: KeyspaceLoss;
  readonly cell: LevelLoss;
}

/** A ring's members; undefined for a partitioner other than Murmur3, whose tokens have no known share of the ring. */
export function membersOf(nodes: readonly Node[], partitioner: string): RingNode[] | undefined {
  if (!partitioner.endsWith('Murmur3Partitioner')) return undefined;
  return nodes.map(({ address, datacenter, rack, tokens }) => {
    return { id: address, datacenter, rack, tokens: tokens.map(BigInt) };
  });
}

type Placeable = Pick<Keyspace, 'name' | 'system' | 'virtual' | 'replication'>;

/** People's own keyspaces by name, then Cassandra's. Those that are replicated alike share what was computed. */
export function placeKeyspaces(members: readonly RingNode[], keyspaces: readonly Placeable[]): PlacedKeyspace[] {
  const ring = rangeRing(members);
  const known = new Map<string, Pick<PlacedKeyspace, 'placed' | 'problem'>>();
  return keyspaces
    .filter(({ virtual }) => !virtual)
    .sort((a, b) => Number(a.system) - Number(b.system) || a.name.localeCompare(b.name, 'en'))
    .map(({ name, system, replication: options }) => {
      const key = JSON.stringify(Object.entries(options).sort());
      const place = known.get(key) ?? placeIn(ring, options);
      known.set(key, place);
      return { name, system, replication: replicationInWords(options), ...place };
    });
}

function placeIn(ring: RangeRing, options: Keyspace['replication']): Pick<PlacedKeyspace, 'placed' | 'problem'> {
  const replication = parseReplication(options);
  if (replication.kind === 'unknown') return { placed: undefined, problem: `Not computed: ${replication.reason}.` };
  if (replication.kind === 'local') {
    return { placed: undefined, problem: 'Not replicated: every node has its own rows, and they go with it.' };
  }
  if (ring.ring.length === 0) return { placed: undefined, problem: 'Not computed: no node reports its tokens.' };
  return { placed: placeRanges(ring, replication), problem: undefined };
}

/** How each node stands once `picked` are lost: what is down now is lost already, and unknown stays unknown. */
export function standingsWithout(nodes: readonly Node[], picked: ReadonlySet<string>): ReadonlyMap<string, Standing> {
  return new Map(nodes.map((node) => [node.address, picked.has(node.address) ? 'down' : standingOf(node)]));
}

const NO_LOSS: Loss = { levels: [], rangesWith: () => [] };

/** What every keyspace loses, seen by a coordinator in `from`. */
export function keyspaceLosses(
  placed: readonly PlacedKeyspace[],
  standings: ReadonlyMap<string, Standing>,
  from: string | undefined,
): KeyspaceLoss[] {
  const known = new Map<PlacedRanges, Loss>();
  return placed.map((keyspace) => {
    if (keyspace.placed === undefined) return { ...keyspace, loss: NO_LOSS, cells: [] };
    const loss = known.get(keyspace.placed) ?? lossOf(keyspace.placed, (id) => standings.get(id) ?? 'unknown');
    known.set(keyspace.placed, loss);
    const cells = loss.levels.filter(({ datacenter }) => datacenter === null || datacenter === from);
    return { ...keyspace, loss, cells };
  });
}

/** A place on the drawn ring, as shares of the circle. */
export interface RingMark {
  readonly start: number;
  readonly sweep: number;
}

/** Ranges nearer to each other than this are drawn as one: nobody sees a gap of a tenth of a degree. */
const LEAST_GAP = 1 / 3_600;

/** The ranges that fall, as few marks as the eye can tell apart. */
export function fallenMarks({ placed, loss }: Pick<KeyspaceLoss, 'placed' | 'loss'>, cell: LevelLoss): RingMark[] {
  if (placed === undefined) return [];
  const marks: { start: number; sweep: number }[] = [];
  for (const index of loss.rangesWith(cell, ['fails', 'never'])) {
    const range = rangeAt(placed, index);
    const [start, sweep] = [circleShare(range.from), shareOfRing(rangeSize(range))];
    const before = marks.at(-1);
    const gap = before === undefined ? 1 : start - (before.start + before.sweep);
    if (before !== undefined && gap >= -LEAST_GAP && gap < LEAST_GAP) before.sweep = start + sweep - before.start;
    else marks.push({ start, sweep });
  }
  return marks.some(({ sweep }) => sweep >= 1) ? [{ start: 0, sweep: 1 }] : marks;
}

/** Replicas that the fallen ranges of a level keep: the fewest and the most of any. */
export interface Kept {
  readonly fewest: number;
  readonly most: number;
  /** That the replication places there. */
  readonly placed: number;
}

/** Of the coordinator's datacenter for the LOCAL levels. Undefined when no range falls. */
export function keptReplicas(
  { placed, loss }: Pick<KeyspaceLoss, 'placed' | 'loss'>,
  cell: LevelLoss,
  standings: ReadonlyMap<string, Standing>,
): Kept | undefined {
  if (placed === undefined) return undefined;
  let kept: Kept | undefined;
  for (const index of loss.rangesWith(cell, ['fails', 'never'])) {
    const counted = replicasAt(placed, index).filter(
      ({ datacenter }) => cell.datacenter === null || datacenter === cell.datacenter,
    );
    const up = counted.filter(({ id }) => standings.get(id) === 'up').length;
    kept = {
      fewest: Math.min(kept?.fewest ?? up, up),
      most: Math.max(kept?.most ?? up, up),
      placed: Math.max(kept?.placed ?? 0, counted.length),
    };
  }
  return kept;
}
