/**
 * How hard a scan presses the cluster, as three small deciders that know no clock and no network: how many rows a page
 * is asked to hold, how many pages are asked for at the same time, and how much may flow in a second.
 */

/** Towards this a page's rows are chosen: large enough that its own cost does not count, small enough to be held. */
export const TARGET_PAGE_BYTES = 1024 * 1024;

/** Four rows of eight megabytes are 32 MB, which a node with little memory still bears: nobody knows the rows yet. */
export const FIRST_PAGE_ROWS = 4;

/** A page that took this share of its time-out is not followed by a larger one. */
const SLOW_SHARE = 0.25;

export interface SeenPage {
  /** Rows that it was asked to hold, and those it holds. */
  readonly askedRows: number;
  readonly rows: number;
  readonly bytes: number;
  readonly elapsedMs: number;
}

/** What was learned of rows: goes with a cursor, so that a read that goes on need not begin with a few rows again. */
export interface LearnedRows {
  /** Of the next page. */
  readonly rows: number;
  readonly bytesPerRow: number;
}

export interface SizerOptions {
  /** Of a page, where that is less than the target. */
  readonly mostBytes?: number | undefined;
  /** All pages have as many rows as they may, whatever their bytes: these are never known. */
  readonly isFixed?: boolean | undefined;
  readonly learned?: LearnedRows | undefined;
}

/**
 * Rows for a page: at first a few, at most doubled from page to page towards the target, less where rows are larger or the
 * server is slow. What is expected of a page goes by the largest rows of late, not by the mean of all.
 */
export class PageSizer {
  /** Towards this the rows of a page are chosen. */
  readonly targetBytes: number;
  readonly #isFixed: boolean;
  #rows: number;
  #bytesPerRow: number | null;

  /**
   * @param mostRows the reader's own limit
   * @param timeoutMs of a page
   */
  constructor(
    readonly mostRows: number,
    readonly timeoutMs: number,
    { mostBytes, isFixed = false, learned }: SizerOptions = {},
  ) {
    this.targetBytes = Math.min(TARGET_PAGE_BYTES, mostBytes ?? TARGET_PAGE_BYTES);
    this.#isFixed = isFixed;
    this.#rows = isFixed ? mostRows : Math.min(learned?.rows ?? FIRST_PAGE_ROWS, mostRows);
    this.#bytesPerRow = isFixed ? null : (learned?.bytesPerRow ?? null);
  }

  /** Rows to ask for in the next page. */
  get rows(): number {
    return this.#rows;
  }

  /** What a page of so many rows is expected to hold; null until a row has been seen. */
  expectedBytes(rows = this.#rows): number | null {
    return this.#bytesPerRow === null || this.#isFixed ? null : Math.ceil(this.#bytesPerRow * rows);
  }

  /** Null until a row has been seen. */
  get learned(): LearnedRows | null {
    return this.#bytesPerRow === null || this.#isFixed ? null : { rows: this.#rows, bytesPerRow: this.#bytesPerRow };
  }

  seen({ askedRows, rows, bytes, elapsedMs }: SeenPage): void {
    if (rows > 0) this.#learn(bytes / rows);
    const fitting = this.#bytesPerRow === null ? this.mostRows : Math.floor(this.targetBytes / this.#bytesPerRow);
    const isSlow = elapsedMs > this.timeoutMs * SLOW_SHARE;
    const isFull = rows >= askedRows;
    const wanted = isSlow
      ? Math.min(this.#rows, askedRows >> 1)
      : isFull
        ? Math.max(this.#rows, askedRows * 2)
        : this.#rows;
    this.#rows = Math.max(1, Math.min(wanted, fitting, this.mostRows));
  }

  /** A page of so many rows did not come in time, or a replica failed over it. */
  failed(askedRows: number): void {
    this.#rows = Math.max(1, Math.min(this.#rows, askedRows >> 2));
  }

  /** Larger rows count at once, smaller ones by and by: a page too large costs more than one too small. */
  #learn(bytesPerRow: number): void {
    const known = this.#bytesPerRow ?? bytesPerRow;
    this.#bytesPerRow = bytesPerRow > known ? bytesPerRow : known * 0.75 + bytesPerRow * 0.25;
  }
}

/** Pages waiting at the servers, of those asked for: more are asked for below the first, fewer above the second. */
const [QUEUE_LOW, QUEUE_HIGH] = [1, 3];
const FIRST_PAGES = 2;
/** Pages below this cost what asking costs; above it, what they hold. */
const UNIT_BYTES = 64 * 1024;

/**
 * How many pages to ask for at the same time. It starts low and grows while latency tells that they do not wait at the
 * servers, as TCP Vegas does: of `n` pages that take `t` at best `t0`, `n × (1 − t0 / t)` are waiting. It doubles
 * from round to round (as many answers as pages under way) until some wait, then goes by one. It is halved when the
 * cluster says that it has too much to do.
 */
export class Concurrency {
  #pages: number;
  #isRamping = true;
  #best = Number.POSITIVE_INFINITY;
  #sum = 0;
  #answers = 0;
  #readerWaited = false;

  constructor(readonly most: number) {
    this.#pages = Math.min(FIRST_PAGES, most);
  }

  get pages(): number {
    return this.#pages;
  }

  /** @param readerWaits nothing was ready for the reader when it came: only then are more pages of any use */
  answered({ elapsedMs, bytes }: Pick<SeenPage, 'elapsedMs' | 'bytes'>, readerWaits: boolean): void {
    this.#sum += elapsedMs / Math.max(1, bytes / UNIT_BYTES);
    this.#answers++;
    this.#readerWaited ||= readerWaits;
    if (this.#answers < this.#pages) return;
    const mean = this.#sum / this.#answers;
    this.#best = Math.min(this.#best, mean);
    const waiting = mean === 0 ? 0 : this.#pages * (1 - this.#best / mean);
    if (waiting >= QUEUE_LOW) this.#isRamping = false;
    if (waiting > QUEUE_HIGH) this.#pages--;
    else if (waiting < QUEUE_LOW && this.#readerWaited) this.#pages += this.#isRamping ? this.#pages : 1;
    this.#pages = Math.max(1, Math.min(this.#pages, this.most));
    this.#startRound();
  }

  backOff(): void {
    this.#isRamping = false;
    this.#pages = Math.max(1, this.#pages >> 1);
    this.#startRound();
  }

  #startRound(): void {
    this.#sum = 0;
    this.#answers = 0;
    this.#readerWaited = false;
  }
}

/** So much at once a limit a second allows, in seconds: a longer pause is not made up for. */
const BURST_S = 0.25;

/** A limit by the second. What is spent may exceed what is there: the debt is waited for before more is spent. */
export class TokenBucket {
  #level: number;
  #atMs: number;

  constructor(
    readonly perSecond: number,
    nowMs: number,
  ) {
    this.#level = perSecond * BURST_S;
    this.#atMs = nowMs;
  }

  /** A negative amount gives back what was spent too much. */
  spend(amount: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#level -= amount;
  }

  /** Milliseconds until something may be spent again; 0: now. */
  waitMs(nowMs: number): number {
    this.#fill(nowMs);
    return this.#level > 0 ? 0 : Math.ceil((-this.#level / this.perSecond) * 1_000) + 1;
  }

  #fill(nowMs: number): void {
    const grown = this.#level + ((nowMs - this.#atMs) / 1_000) * this.perSecond;
    this.#level = Math.min(grown, this.perSecond * BURST_S);
    this.#atMs = nowMs;
  }
}
