import { datacenterSizes, placeAt, type RingNode, type RingToken, ringTokens } from './placement';
import { rangeSize, shareOfRing, type TokenRange } from './ranges';
import type { KnownReplication } from './replication';

/**
 * What a ring still serves while some of its nodes are down, by the rules of Cassandra 4.0 to 5.0. `blockFor` of
 * `ConsistencyLevel` says how many replicas a level needs: by the replication factor that is configured, whatever nodes there
 * are. `ReplicaPlans.isSufficientLiveReplicasForRead` and `assureSufficientLiveReplicas` say which replicas count: the same
 * for a read and a write, except that ANY is for writes alone. They answer for nodes that neither join, leave nor move:
 * while one does, a write also waits for those that take over its ranges.
 */

/** Levels in the order in which they are listed. SERIAL and LOCAL_SERIAL are those of conditional writes and serial reads. */
const PLAIN_LEVELS = ['ANY', 'ONE', 'TWO', 'THREE', 'QUORUM', 'ALL', 'EACH_QUORUM', 'SERIAL'] as const;
const LOCAL_LEVELS = ['LOCAL_ONE', 'LOCAL_QUORUM', 'LOCAL_SERIAL'] as const;
type PlainLevel = (typeof PLAIN_LEVELS)[number];
type LocalLevel = (typeof LOCAL_LEVELS)[number];
export type LossLevel = PlainLevel | LocalLevel;
export const LOSS_LEVELS: readonly LossLevel[] = [...PLAIN_LEVELS, ...LOCAL_LEVELS];

/** `unknown`: nobody knows whether the node serves, which is not the same as down. */
export type Standing = 'up' | 'down' | 'unknown';

/**
 * What becomes of a range at a level. `never`: the level needs more replicas than this replication places, even with every
 * node up. `unknown`: it depends on nodes whose standing is unknown.
 */
export type Verdict = 'works' | 'unknown' | 'fails' | 'never';

/** From best to worst. */
const VERDICTS: readonly Verdict[] = ['works', 'unknown', 'fails', 'never'];

/** Some token ranges, counted and weighed. */
interface Tally {
  readonly ranges: number;
  /** Of the ring, 0 to 1. */
  readonly share: number;
}

export interface LevelLoss {
  readonly level: LossLevel;
  /** The coordinator's, for the LOCAL levels; null for the others, which are the same from everywhere. */
  readonly datacenter: string | null;
  /** Replicas that it waits for. */
  readonly needed: number;
  /** The worst of any range. */
  readonly verdict: Verdict;
  readonly tallies: Readonly<Record<Verdict, Tally>>;
}

/** The ranges of a ring: one ends at each token. Joining nodes have no tokens and no part in it. */
export interface RangeRing {
  readonly members: readonly RingNode[];
  readonly ring: readonly RingToken[];
  /** Tokens in each range: `high` × 2^32 + `low`, so that sums of many are exact without big integers. */
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** A ring's ranges with the replicas of each. It does not depend on who is up, so keep it while that changes. */
export interface PlacedRanges extends RangeRing {
  readonly replication: KnownReplication;
  /** Places in `members`, `width` for each range; `NOBODY` fills up. One row stands for all ranges if they are alike. */
  readonly replicas: Int32Array;
  readonly width: number;
  readonly alike: boolean;
}

const NOBODY = -1;
const LOW_BITS = 32n;

export function rangeRing(nodes: readonly RingNode[]): RangeRing {
  const ring = ringTokens(nodes);
  const high = new Float64Array(ring.length);
  const low = new Float64Array(ring.length);
  for (const index of ring.keys()) {
    const size = rangeSize(rangeAt({ ring }, index));
    high[index] = Number(size >> LOW_BITS);
    low[index] = Number(BigInt.asUintN(Number(LOW_BITS), size));
  }
  return { members: nodes.filter(({ tokens }) => tokens.length > 0), ring, high, low };
}

/** Places all ranges. None for a keyspace whose rows are not replicated. */
export function placeRanges(ranges: RangeRing, replication: KnownReplication): PlacedRanges {
  const { members, ring } = ranges;
  if (replication.kind === 'local')
    return { ...ranges, ring: [], replication, replicas: new Int32Array(), width: 0, alike: true };
  if (replication.kind === 'everywhere') {
    return { ...ranges, replication, replicas: Int32Array.from(members.keys()), width: members.length, alike: true };
  }
  const sizes = datacenterSizes(members);
  const width = Math.min(totalFactor(replication, members.length), members.length);
  const places = new Map(members.map(({ id }, index) => [id, index]));
  const replicas = new Int32Array(ring.length * width).fill(NOBODY);
  for (const index of ring.keys()) {
    const ids = placeAt(ring, index, replication, sizes);
    for (const [at, id] of ids.entries()) replicas[index * width + at] = places.get(id) ?? NOBODY;
  }
  return { ...ranges, replication, replicas, width, alike: false };
}

/** The replicas of a range, the primary first; on a ring where all ranges are alike, in the order of the nodes. */
export function replicasAt({ members, replicas, width, alike }: PlacedRanges, range: number): RingNode[] {
  const start = alike ? 0 : range * width;
  return [...replicas.subarray(start, start + width)].flatMap((place) => members[place] ?? []);
}

/** The range that ends at a token of the ring. */
export function rangeAt({ ring }: Pick<RangeRing, 'ring'>, index: number): TokenRange {
  const to = ring[index]?.token ?? 0n;
  return { from: ring.at(index - 1)?.token ?? to, to };
}

/** Ranges with as many replicas of each standing in each datacenter: no level can tell them apart. */
interface RangeClass {
  readonly counts: readonly Counts[];
  ranges: number;
  high: number;
  low: number;
}

interface Counts {
  readonly datacenter: string;
  readonly up: number;
  readonly unknown: number;
  readonly placed: number;
}

/** The ring while some nodes are down: what each level serves of it, and which ranges it loses. */
export interface Loss {
  /** Every level; the LOCAL ones once for each datacenter. Empty if no row of the keyspace has a place on the ring. */
  readonly levels: readonly LevelLoss[];
  /** Places in the ring of the ranges with one of these verdicts, in ring order. */
  readonly rangesWith: (loss: LevelLoss, verdicts: readonly Verdict[]) => number[];
}

/**
 * What every level still serves.
 * @param standing of a node, by its id
 */
export function lossOf(placed: PlacedRanges, standing: (id: string) => Standing): Loss {
  const { classes, classOf } = classify(placed, standing);
  if (placed.ring.length === 0) return { levels: [], rangesWith: () => [] };
  const anyCoordinator = bestOf(placed.members.map(({ id }) => standing(id)));
  const requirements = requirementsOf(placed);
  const judge = ({ level, needs }: Requirement, { counts }: RangeClass) =>
    level === 'ANY' ? anyVerdict(counts, anyCoordinator) : worst(needs.map((need) => verdictOf(need, counts)));
  return {
    levels: requirements.map((one) => tallied(one, classes, judge)),
    rangesWith: (loss, verdicts) => {
      const one = requirements.find(({ level, datacenter }) => level === loss.level && datacenter === loss.datacenter);
      const hit = classes.map((each) => one !== undefined && verdicts.includes(judge(one, each)));
      return [...placed.ring.keys()].filter((range) => hit[classOf(range)] === true);
    },
  };
}

function tallied(
  requirement: Requirement,
  classes: readonly RangeClass[],
  judge: (requirement: Requirement, one: RangeClass) => Verdict,
): LevelLoss {
  const sums = { works: none(), unknown: none(), fails: none(), never: none() };
  for (const one of classes) {
    const sum = sums[judge(requirement, one)];
    sum.ranges += one.ranges;
    sum.high += one.high;
    sum.low += one.low;
  }
  const tally = ({ ranges, high, low }: ReturnType<typeof none>) => ({
    ranges,
    share: shareOfRing((BigInt(high) << LOW_BITS) + BigInt(low)),
  });
  const { level, datacenter, needs } = requirement;
  return {
    level,
    datacenter,
    needed: needs.reduce((sum, { replicas }) => sum + replicas, 0),
    verdict: worst(VERDICTS.filter((verdict) => sums[verdict].ranges > 0)),
    tallies: {
      works: tally(sums.works),
      unknown: tally(sums.unknown),
      fails: tally(sums.fails),
      never: tally(sums.never),
    },
  };
}

const none = () => ({ ranges: 0, high: 0, low: 0 });

/**
 * Sorts the ranges into classes, one step for each replica: from the class of the replicas so far to that with one more.
 * A ring of 256,000 ranges has a handful of classes, so levels are judged by class.
 */
function classify(placed: PlacedRanges, standing: (id: string) => Standing) {
  const { ring, replicas, width, alike, members } = placed;
  const datacenters = [...new Set(members.map(({ datacenter }) => datacenter))];
  const kinds = members.map(
    ({ id, datacenter }) => datacenters.indexOf(datacenter) * 3 + STANDINGS.indexOf(standing(id)),
  );
  const steps = new ClassSteps(datacenters.length * 3);
  const ends = new Int32Array(alike ? 1 : ring.length);
  for (const range of ends.keys()) {
    let at = 0;
    for (let place = range * width; place < (range + 1) * width; place++) {
      const member = replicas[place] ?? NOBODY;
      if (member !== NOBODY) at = steps.next(at, kinds[member] ?? 0);
    }
    ends[range] = at;
  }
  const classes = steps.all.map((counts): RangeClass => ({ counts: countsOf(counts, datacenters), ...none() }));
  const classOf = (range: number) => ends[alike ? 0 : range] ?? 0;
  for (const range of ring.keys()) {
    const own = classes[classOf(range)];
    if (own === undefined) continue;
    own.ranges += 1;
    own.high += placed.high[range] ?? 0;
    own.low += placed.low[range] ?? 0;
  }
  return { classes, classOf };
}

const STANDINGS: readonly Standing[] = ['up', 'unknown', 'down'];

/** Numbers of replicas by kind (datacenter and standing), each combination kept once. */
class ClassSteps {
  readonly all: number[][];
  readonly #known = new Map<string, number>();
  readonly #next: (number | undefined)[] = [];
  readonly #kinds: number;

  constructor(kinds: number) {
    this.#kinds = kinds;
    this.all = [Array.from({ length: kinds }, () => 0)];
    this.#known.set(String(this.all[0]), 0);
  }

  next(from: number, kind: number): number {
    const step = from * this.#kinds + kind;
    const known = this.#next[step];
    if (known !== undefined) return known;
    const counts = [...(this.all[from] ?? [])];
    counts[kind] = (counts[kind] ?? 0) + 1;
    const at = this.#known.get(String(counts)) ?? this.all.push(counts) - 1;
    this.#known.set(String(counts), at);
    this.#next[step] = at;
    return at;
  }
}

function countsOf(counts: readonly number[], datacenters: readonly string[]): Counts[] {
  return datacenters.map((datacenter, index) => {
    const [up = 0, unknown = 0, down = 0] = counts.slice(index * 3, index * 3 + 3);
    return { datacenter, up, unknown, placed: up + unknown + down };
  });
}

/** So many replicas of one datacenter, or of any. */
interface Need {
  readonly datacenter: string | null;
  readonly replicas: number;
}

interface Requirement {
  readonly level: LossLevel;
  readonly datacenter: string | null;
  readonly needs: readonly Need[];
}

function requirementsOf({ replication, members }: PlacedRanges): Requirement[] {
  const datacenters = [...new Set(members.map(({ datacenter }) => datacenter))].sort((a, b) =>
    a.localeCompare(b, 'en'),
  );
  const total = totalFactor(replication, members.length);
  return [
    ...PLAIN_LEVELS.map((level) => ({ level, datacenter: null, needs: plainNeeds(level, replication, total) })),
    ...LOCAL_LEVELS.flatMap((level) =>
      datacenters.map((datacenter) => ({
        level,
        datacenter,
        needs: [{ datacenter, replicas: level === 'LOCAL_ONE' ? 1 : localQuorum(replication, datacenter, total) }],
      })),
    ),
  ];
}

/**
 * Paxos counts the replicas that there are, not the factor (`ReplicaPlans.forPaxos`), but then reads at QUORUM or
 * LOCAL_QUORUM (`StorageProxy`, Paxos v1, the default), which needs as many or more: SERIAL stands and falls with QUORUM.
 */
function plainNeeds(level: PlainLevel, replication: KnownReplication, total: number): Need[] {
  const any = (replicas: number) => [{ datacenter: null, replicas }];
  switch (level) {
    case 'ANY':
    case 'ONE':
      return any(1);
    case 'TWO':
      return any(2);
    case 'THREE':
      return any(3);
    case 'QUORUM':
    case 'SERIAL':
      return any(quorumOf(total));
    case 'ALL':
      return any(total);
    case 'EACH_QUORUM':
      return replication.kind === 'network' ? eachQuorum(replication.factors) : any(quorumOf(total));
    default:
      return level satisfies never;
  }
}

/** One for each datacenter that has a factor, also where it has no nodes: the level asks there all the same. */
function eachQuorum(factors: ReadonlyMap<string, number>): Need[] {
  return [...factors].flatMap(([datacenter, factor]) =>
    factor > 0 ? [{ datacenter, replicas: quorumOf(factor) }] : [],
  );
}

/** With a strategy that knows no datacenters it is a quorum of all, in one of them; without a factor it is one. */
function localQuorum(replication: KnownReplication, datacenter: string, total: number): number {
  return quorumOf(replication.kind === 'network' ? (replication.factors.get(datacenter) ?? 0) : total);
}

function totalFactor(replication: KnownReplication, members: number): number {
  switch (replication.kind) {
    case 'simple':
      return replication.factor;
    case 'network':
      return [...replication.factors.values()].reduce((sum, factor) => sum + factor, 0);
    case 'everywhere':
      return members;
    case 'local':
      return 0;
    default:
      return replication satisfies never;
  }
}

function quorumOf(factor: number): number {
  return Math.floor(factor / 2) + 1;
}

function verdictOf({ datacenter, replicas: needed }: Need, counts: readonly Counts[]): Verdict {
  let [up, unknown, placed] = [0, 0, 0];
  for (const one of counts) {
    if (datacenter !== null && one.datacenter !== datacenter) continue;
    up += one.up;
    unknown += one.unknown;
    placed += one.placed;
  }
  if (placed < needed) return 'never';
  if (up >= needed) return 'works';
  return up + unknown >= needed ? 'unknown' : 'fails';
}

/** A hint on the coordinator is enough for ANY, so any living node will do; it must be for some replica, though. */
function anyVerdict(counts: readonly Counts[], coordinator: Standing): Verdict {
  if (counts.every(({ placed }) => placed === 0)) return 'never';
  return coordinator === 'up' ? 'works' : coordinator === 'unknown' ? 'unknown' : 'fails';
}

function bestOf(standings: readonly Standing[]): Standing {
  return STANDINGS.find((standing) => standings.includes(standing)) ?? 'down';
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS[Math.max(0, ...verdicts.map((verdict) => VERDICTS.indexOf(verdict)))] ?? 'works';
}
