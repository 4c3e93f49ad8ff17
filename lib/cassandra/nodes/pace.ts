/** How often the nodes are asked about themselves: pure arithmetic, so that a cluster of any size can be counted. */

export const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/**
 * The most statements a minute that all nodes of a cluster together are asked, whoever looks and however many. A cluster
 * of 100 nodes is asked 12 a node and minute.
 */
export const STATEMENTS_PER_MINUTE = 1_200;

/** How many times longer than in a small cluster to wait before a statement is asked again. */
export function stretchOf(nodes: number, everyMs: readonly number[]): number {
  const perNode = everyMs.reduce((sum, interval) => sum + MINUTE_MS / interval, 0);
  return Math.max(1, (nodes * perNode) / STATEMENTS_PER_MINUTE);
}

/** Statements a minute for all nodes, at this stretch. */
export function perMinute(nodes: number, everyMs: readonly number[], stretch: number): number {
  const perNode = everyMs.reduce((sum, interval) => sum + MINUTE_MS / (interval * stretch), 0);
  return Math.ceil(nodes * perNode);
}

/** When a node was asked something, and how often. */
export interface Asked {
  readonly atMs: number;
  readonly times: number;
}

/** What one node is asked, and when. */
export interface Schedule<Name> {
  readonly names: readonly Name[];
  everyMs(name: Name, times: number): number;
  readonly stretch: number;
  /** 0 to 1, another for each node: in a large cluster the second round is spread by it, so that no minute has more than its share. */
  readonly phase: number;
}

/** Multiples of it are spread evenly in 0 to 1, however many. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The statements that are due now, one after another: each counts as asked once it is taken. */
export function* takeDue<Name>(
  { names, everyMs, stretch, phase }: Schedule<Name>,
  asked: Map<Name, Asked>,
  clock: () => number,
): Generator<Name, void> {
  for (const [index, name] of names.entries()) {
    const { atMs, times = 0 } = asked.get(name) ?? {};
    const spread = times === 1 && stretch > 1 ? 1 + ((phase + index * GOLDEN) % 1) : 1;
    const nowMs = clock();
    if (!isDue(atMs, nowMs, everyMs(name, times) * spread, stretch)) continue;
    asked.set(name, { atMs: nowMs, times: times + 1 });
    yield name;
  }
}

/** 0 to 1, by a node's address. */
export function phaseOf(address: string): number {
  const prime = 1_009;
  let sum = 0;
  for (const char of address) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % prime;
  return sum / prime;
}

/** Whether it is time to ask again. @param askedMs when it was asked last; undefined: never */
export function isDue(askedMs: number | undefined, nowMs: number, everyMs: number, stretch: number): boolean {
  return askedMs === undefined || nowMs - askedMs >= everyMs * stretch;
}

/** How long a reader that has asked counts as asking. */
export const INTERVALS_FOR_MS = MINUTE_MS;

/** One that asks every node: how often each of its statements, and until when it counts. */
export interface Reader {
  readonly everyMs: readonly number[];
  readonly untilMs: number;
}

/** The intervals of all readers that ask now. Each stretches its own by the same number, so that their sum fits. */
export function sharedIntervals(readers: readonly Reader[], nowMs: number): readonly number[] {
  return readers.flatMap(({ everyMs, untilMs }) => (untilMs >= nowMs ? everyMs : []));
}

/** The most statements a minute for the pages of single nodes, whoever looks at how many; in addition to the above. */
export const DETAILS_PER_MINUTE = 240;

/** The times of the last minute, to be kept, and whether one statement more fits among them. */
export function allowanceOf(sentMs: readonly number[], nowMs: number, most = DETAILS_PER_MINUTE) {
  const recent = sentMs.filter((atMs) => nowMs - atMs < MINUTE_MS);
  return { recent, mayAsk: recent.length < most };
}
