import 'server-only';
import { PageSizer } from '@/lib/cassandra/read/page-sizer';
import type { ScanLimits } from '@/lib/contract/scans';
import { TokenBucket } from '@/lib/token-bucket';

/** The allowance of a page in flight: returned or corrected when the page arrives. */
export interface Allowance {
  readonly rows: number;
  readonly bytes: number;
  /** Null while row sizes are unknown. */
  readonly expectedBytes: number | null;
}

interface BudgetBounds {
  readonly mostBytes: number;
  /** Of a page. */
  readonly mostRows: number;
  /** Pages have their full number of rows from the start. */
  readonly hasFixedPages: boolean;
  readonly timeoutMs: number;
  /** Rows that the scan may still give; default: any number. */
  readonly leftRows?: number;
}

/**
 * How much a scan may hold and how fast it may read: the bytes of all pages in flight, ready or held by the reader stay
 * below a bound, rows and bytes per second below the user's limits. A page larger than the bound is read alone.
 */
export class ScanBudget {
  readonly sizer: PageSizer;
  readonly #mostBytes: number;
  readonly #rowBucket: TokenBucket | null;
  readonly #byteBucket: TokenBucket | null;
  readonly #hasFixedPages: boolean;
  /** Expected bytes of pages in flight plus actual bytes of pages that have arrived. */
  #bytes = 0;
  /** Without those that pages in flight ask for. */
  #leftRows: number;
  #inFlight = 0;

  constructor(
    { maxRowsPerSecond, maxBytesPerSecond }: ScanLimits,
    { mostBytes, mostRows, hasFixedPages, timeoutMs, leftRows = Number.POSITIVE_INFINITY }: BudgetBounds,
    nowMs: number,
  ) {
    this.#mostBytes = mostBytes;
    this.#hasFixedPages = hasFixedPages;
    this.#leftRows = leftRows;
    this.#rowBucket = maxRowsPerSecond === undefined ? null : new TokenBucket(maxRowsPerSecond, nowMs);
    this.#byteBucket = maxBytesPerSecond === undefined ? null : new TokenBucket(maxBytesPerSecond, nowMs);
    // No page is larger than one second's limit, or the wait after it would show no progress.
    const fewest = Math.min(mostRows, maxRowsPerSecond ?? mostRows);
    this.sizer = new PageSizer(fewest, timeoutMs, {
      mostBytes: maxBytesPerSecond,
      isFixed: hasFixedPages,
    });
  }

  /**
   * Milliseconds until another page may be requested; 0: now. Infinite while too much is held, until the reader takes a page
   * or one arrives.
   */
  waitMs(nowMs: number): number {
    if (this.#bytes > 0 && this.#bytes + this.#nextBytes() > this.#mostBytes) return Number.POSITIVE_INFINITY;
    if (this.#leftRows <= 0 && this.#inFlight > 0) return Number.POSITIVE_INFINITY;
    return Math.max(this.#rowBucket?.waitMs(nowMs) ?? 0, this.#byteBucket?.waitMs(nowMs) ?? 0);
  }

  /**
   * Takes the allowance of a page. When no more rows may be given it is of one row: only then is it known whether there are
   * more.
   */
  ask(nowMs: number): Allowance {
    const expectedBytes = this.sizer.expectedBytes();
    const rows = this.#hasFixedPages ? this.sizer.rows : Math.min(this.sizer.rows, Math.max(1, this.#leftRows));
    const allowance = { rows, bytes: this.#nextBytes(), expectedBytes };
    this.#bytes += allowance.bytes;
    this.#leftRows -= rows;
    this.#inFlight++;
    this.#spend(allowance, nowMs);
    return allowance;
  }

  /** A page has arrived: count its actual size instead of the expected one. */
  came(allowance: Allowance, rows: number, bytes: number, nowMs: number): void {
    this.#bytes += bytes - allowance.bytes;
    this.#leftRows += allowance.rows - rows;
    this.#inFlight--;
    this.#spend({ rows: rows - allowance.rows, bytes: bytes - allowance.bytes }, nowMs);
  }

  failed(allowance: Allowance, nowMs: number): void {
    this.came(allowance, 0, 0, nowMs);
  }

  /** The reader is done with a page. */
  release(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** The bytes reserved for the next page. */
  #nextBytes(): number {
    return this.sizer.expectedBytes() ?? this.sizer.targetBytes;
  }

  #spend({ rows, bytes }: Pick<Allowance, 'rows' | 'bytes'>, nowMs: number): void {
    this.#rowBucket?.spend(rows, nowMs);
    this.#byteBucket?.spend(bytes, nowMs);
  }
}
