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

/** Whether it is time to ask again. @param askedMs when it was asked last; undefined: never */
export function isDue(askedMs: number | undefined, nowMs: number, everyMs: number, stretch: number): boolean {
  return askedMs === undefined || nowMs - askedMs >= everyMs * stretch;
}
