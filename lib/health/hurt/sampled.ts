import type { JsonValue } from '@/lib/contract/json';
import type { SeenPartition } from '@/lib/contract/tables';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import type { TokenRange } from '@/lib/ring/ranges';

/** Partitions of a sample, counted as their rows arrive in token order: only the widest are kept. */

/** The order in which to begin places, so that those begun so far are spread over the ring at any moment. */
export function spreadOrder(count: number): number[] {
  const bits = Math.max(1, Math.ceil(Math.log2(count)));
  const reversed = (index: number) =>
    Number.parseInt(index.toString(2).padStart(bits, '0').split('').reverse().join(''), 2);
  return Array.from({ length: 2 ** bits }, (_, index) => reversed(index)).filter((index) => index < count);
}

/** What is known of a partition while it is read. */
export interface Counted {
  readonly key: Readonly<Record<string, JsonValue>>;
  /** The same as bytes, to read it again. */
  readonly cells: readonly (Uint8Array | null)[];
  readonly token: bigint;
  rows: number;
  isWhole: boolean;
  /** The days since 1970 that its rows are of, and the first and last time; of tables whose rows have one. */
  readonly days: Set<number>;
  firstMs: number | null;
  lastMs: number | null;
}

const DAY_MS = 86_400_000;

/** One place of the ring, and how far it was read. */
export class Place {
  current: Counted | null = null;
  isEnded = false;
  /** No more rows will come: all were read, or it failed. */
  isOver = false;
  isGivenUp = false;
  /** The last token of which all partitions were seen. */
  #seenTo: bigint;

  constructor(
    readonly range: TokenRange,
    private readonly mostRows: number,
  ) {
    this.#seenTo = range.from;
  }

  /** @returns the partition that the new one ends */
  begin(one: Pick<Counted, 'token' | 'key' | 'cells'>): Counted | null {
    const ended = this.#closed();
    this.current = { ...one, rows: 0, isWhole: false, days: new Set(), firstMs: null, lastMs: null };
    return ended;
  }

  /** A row of the current partition. @param timeMs of a table whose rows have one */
  row(timeMs: number | null): void {
    const { current } = this;
    if (current === null) return;
    current.rows += 1;
    if (timeMs === null) return;
    current.days.add(Math.floor(timeMs / DAY_MS));
    current.firstMs = current.firstMs === null ? timeMs : Math.min(current.firstMs, timeMs);
    current.lastMs = current.lastMs === null ? timeMs : Math.max(current.lastMs, timeMs);
  }

  /** Everything up to the range's end was read. @returns the last partition */
  end(): Counted | null {
    const ended = this.#closed();
    this.isEnded = true;
    this.#seenTo = this.range.to;
    return ended;
  }

  /** All rows up to this token were read. */
  upTo(token: bigint): void {
    this.#seenTo = token;
  }

  /** The rest stays unread. @returns the partition that may have more rows */
  stop(): Counted | null {
    const { current } = this;
    this.current = null;
    return current;
  }

  /** Tokens whose partitions were all seen. */
  get seen(): bigint {
    return this.#seenTo - this.range.from;
  }

  #closed(): Counted | null {
    const { current } = this;
    this.current = null;
    if (current === null) return null;
    this.#seenTo = current.token;
    current.isWhole = current.rows < this.mostRows;
    return current;
  }
}

/** Share of the ring, 0 to 1. */
export function shareOf(places: readonly Pick<Place, 'seen'>[]): number {
  const seen = places.reduce((sum, place) => sum + place.seen, 0n);
  return Number((seen * 1_000_000n) / (MAX_TOKEN - MIN_TOKEN)) / 1_000_000;
}

/** The widest partitions so far, at most `most`. */
export function withPartition(widest: readonly Counted[], one: Counted, most: number): Counted[] {
  const last = widest.at(-1);
  if (widest.length >= most && last !== undefined && last.rows >= one.rows) return [...widest];
  return [...widest, one].sort((a, b) => b.rows - a.rows).slice(0, most);
}

/** As the contract says it. @param bytesPerRow null: not read */
export function seenPartition(counted: Counted, bytesPerRow: number | null): SeenPartition {
  const { key, token, rows, isWhole, days, firstMs, lastMs } = counted;
  return {
    key,
    token: String(token),
    rows,
    isWhole,
    bytes: bytesPerRow === null ? null : Math.round(rows * bytesPerRow),
    bytesPerRow: bytesPerRow === null ? null : Math.round(bytesPerRow),
    time: timeOf(firstMs, lastMs, days.size),
  };
}

function timeOf(firstMs: number | null, lastMs: number | null, days: number): SeenPartition['time'] {
  if (firstMs === null || lastMs === null) return null;
  const [from, to] = [new Date(firstMs), new Date(lastMs)];
  // A column may hold a time that has no date in this form.
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return null;
  return { from: from.toISOString(), to: to.toISOString(), days };
}
