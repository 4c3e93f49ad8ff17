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
