import 'server-only';
import { PageSizer } from '@/lib/cassandra/read/page-sizer';
import type { ScanLimits } from '@/lib/contract/scans';
import { TokenBucket } from './plan/pace';

/** What a page under way was allowed: given back or corrected when it has come. */
export interface Allowance {
  readonly rows: number;
  readonly bytes: number;
  /** Null where nobody knows how large the rows are. */
  readonly expectedBytes: number | null;
}

interface BudgetBounds {
  readonly mostBytes: number;
  /** Of a page. */
  readonly mostRows: number;
  /** Pages begin with as many rows as they may hold, and never have more. */
  readonly hasFixedPages: boolean;
  readonly timeoutMs: number;
}

/**
 * What a scan may hold and how fast it may read: the bytes of all pages under way, ready or in the reader's hand stay
 * below a bound, rows and bytes a second below the person's limits. A page that is larger than the bound is read alone.
 */
export class ScanBudget {
  readonly sizer: PageSizer;
  readonly #mostBytes: number;
  readonly #rowBucket: TokenBucket | null;
  readonly #byteBucket: TokenBucket | null;
  /** Expected of pages under way, and known of those that have come. */
  #bytes = 0;

  constructor(
    { maxRowsPerSecond, maxBytesPerSecond }: ScanLimits,
    { mostBytes, mostRows, hasFixedPages, timeoutMs }: BudgetBounds,
    nowMs: number,
  ) {
    this.#mostBytes = mostBytes;
    this.#rowBucket = maxRowsPerSecond === undefined ? null : new TokenBucket(maxRowsPerSecond, nowMs);
    this.#byteBucket = maxBytesPerSecond === undefined ? null : new TokenBucket(maxBytesPerSecond, nowMs);
    // No page is larger than what may be read in a second: it would be waited for afterwards, with nothing to show.
    const fewest = Math.min(mostRows, maxRowsPerSecond ?? mostRows);
    this.sizer = new PageSizer(fewest, timeoutMs, {
      mostBytes: maxBytesPerSecond,
      isFixed: hasFixedPages,
    });
  }

  /**
   * Milliseconds until another page may be asked for; 0: now. Infinite while too much is held: until the reader has taken
   * a page, or one has come.
   */
  waitMs(nowMs: number): number {
    if (this.#bytes > 0 && this.#bytes + this.#nextBytes() > this.#mostBytes) return Number.POSITIVE_INFINITY;
    return Math.max(this.#rowBucket?.waitMs(nowMs) ?? 0, this.#byteBucket?.waitMs(nowMs) ?? 0);
  }

  ask(nowMs: number): Allowance {
    const expectedBytes = this.sizer.expectedBytes();
    const allowance = { rows: this.sizer.rows, bytes: this.#nextBytes(), expectedBytes };
    this.#bytes += allowance.bytes;
    this.#spend(allowance, nowMs);
    return allowance;
  }

  /** A page has come: it is held with what it has, not with what was expected. */
  came(allowance: Allowance, rows: number, bytes: number, nowMs: number): void {
    this.#bytes += bytes - allowance.bytes;
    this.#spend({ rows: rows - allowance.rows, bytes: bytes - allowance.bytes }, nowMs);
  }

  failed(allowance: Allowance, nowMs: number): void {
    this.came(allowance, 0, 0, nowMs);
  }

  /** The reader is done with a page. */
  release(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** What is held free for the next page. */
  #nextBytes(): number {
    return this.sizer.expectedBytes() ?? this.sizer.targetBytes;
  }

  #spend({ rows, bytes }: Pick<Allowance, 'rows' | 'bytes'>, nowMs: number): void {
    this.#rowBucket?.spend(rows, nowMs);
    this.#byteBucket?.spend(bytes, nowMs);
  }
}
