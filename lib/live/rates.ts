import { isOwnKeyspace } from './series';

/** One table of `*_latency` on one node. The percentiles are of about the last minutes: the server lets old ones decay. */
export interface LatencyRow {
  readonly keyspace: string;
  readonly table: string;
  /** Since the node started. */
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** A response with counters, and when it came on a clock that only goes forward. */
export interface Counted<Row> {
  readonly atMs: number;
  /** The node's start (`gossip_generation`); null: not known. */
  readonly generation: number | null;
  readonly rows: readonly Row[];
}

/** What happened in the window between two responses. NaN: not known. */
export interface Moved {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const NOTHING_KNOWN: Moved = { perSecond: Number.NaN, p50: Number.NaN, p99: Number.NaN, max: Number.NaN };

/**
 * How fast a counter rose. NaN where that is not known: there is no earlier response, the node has restarted since, or the
 * counter fell, as it does when it begins again.
 */
export function rateOf(
  before: { readonly atMs: number; readonly count: number } | undefined,
  now: { readonly atMs: number; readonly count: number },
): number {
  if (before === undefined) return Number.NaN;
  const [windowMs, rise] = [now.atMs - before.atMs, now.count - before.count];
  return windowMs > 0 && rise >= 0 ? (rise * 1_000) / windowMs : Number.NaN;
}

/** Whether the node may have started again between two responses: what it counted before then no longer counts. */
function hasRestarted(
  before: Pick<Counted<unknown>, 'generation'>,
  now: Pick<Counted<unknown>, 'generation'>,
): boolean {
  return before.generation !== null && now.generation !== null && before.generation !== now.generation;
}

export function tableKey({ keyspace, table }: { readonly keyspace: string; readonly table: string }): string {
  return `${keyspace}.${table}`;
}

/**
 * Each table in the window between two responses of a node, and the node as a whole: the sum of what its tables of
 * applications were asked, and the slowest of them. A table that nobody asked in the window has no latency: what the
 * server shows of it is old.
 */
export function movedOf(
  before: Counted<LatencyRow> | undefined,
  now: Counted<LatencyRow>,
): { readonly node: Moved; readonly tables: ReadonlyMap<string, Moved> } {
  const last = before === undefined || hasRestarted(before, now) ? undefined : before;
  const counts = new Map(last?.rows.map((row) => [tableKey(row), row.count]));
  const tables = new Map<string, Moved>();
  let node: Moved = last === undefined ? NOTHING_KNOWN : { ...NOTHING_KNOWN, perSecond: 0 };
  for (const row of now.rows) {
    const count = counts.get(tableKey(row));
    const then = last === undefined || count === undefined ? undefined : { atMs: last.atMs, count };
    const moved = movedTable(row, rateOf(then, { atMs: now.atMs, count: row.count }));
    tables.set(tableKey(row), moved);
    if (!isOwnKeyspace(row.keyspace)) node = together(node, moved);
  }
  return { node, tables };
}

function movedTable({ p50, p99, max }: LatencyRow, perSecond: number): Moved {
  return perSecond > 0 ? { perSecond, p50, p99, max } : { ...NOTHING_KNOWN, perSecond };
}

/** Several tables or nodes as one: requests add up, and the slowest counts. What is not known of one is left out. */
function together(one: Moved, other: Moved): Moved {
  return {
    perSecond: sumOf(one.perSecond, other.perSecond),
    p50: greatestOf(one.p50, other.p50),
    p99: greatestOf(one.p99, other.p99),
    max: greatestOf(one.max, other.max),
  };
}

/** NaN counts as absent. */
export function sumOf(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : one + other;
}

/** NaN counts as absent. */
export function greatestOf(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return Number.isNaN(other) ? one : Math.max(one, other);
}
