/** The target size of a page: large enough that its overhead does not matter, small enough to hold in memory. */
export const TARGET_PAGE_BYTES = 1024 * 1024;

/** Even if these first, unknown rows have 8 MB each, a node with little memory can bear 32 MB. */
export const FIRST_PAGE_ROWS = 4;

/** A page that took this share of its timeout is not followed by a larger one. */
const SLOW_SHARE = 0.25;

export interface SeenPage {
  /** Rows requested, and rows received. */
  readonly askedRows: number;
  readonly rows: number;
  readonly bytes: number;
  readonly elapsedMs: number;
}

/** What was learned about rows. It is part of a cursor, so that a resumed read need not start with a few rows again. */
export interface LearnedRows {
  /** Rows of the next page. */
  readonly rows: number;
  readonly bytesPerRow: number;
}

export interface SizerOptions {
  /** The target size of a page, if smaller than the default. */
  readonly mostBytes?: number | undefined;
  /** Every page has the maximum number of rows, and its bytes are never known in advance. */
  readonly isFixed?: boolean | undefined;
  readonly learned?: LearnedRows | undefined;
}

/**
 * How many rows to request per page: a few at first, at most doubled from page to page towards the target, and fewer when
 * rows get larger or the server is slow. Expected bytes go by the largest recent rows, not by the mean of all.
 */
export class PageSizer {
  /** The target size of a page. */
  readonly targetBytes: number;
  readonly #isFixed: boolean;
  #rows: number;
  #bytesPerRow: number | null;

  /**
   * @param mostRows the reader's own limit
   * @param timeoutMs timeout of a page
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

  /** Rows to request in the next page. */
  get rows(): number {
    return this.#rows;
  }

  /** The expected bytes of a page with this many rows; null until a row has been seen. */
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

  /** A page with this many rows timed out, or a replica failed on it. */
  failed(askedRows: number): void {
    this.#rows = Math.max(1, Math.min(this.#rows, askedRows >> 2));
  }

  /** Larger rows count immediately, smaller ones gradually: a page too large costs more than one too small. */
  #learn(bytesPerRow: number): void {
    const known = this.#bytesPerRow ?? bytesPerRow;
    this.#bytesPerRow = bytesPerRow > known ? bytesPerRow : known * 0.75 + bytesPerRow * 0.25;
  }
}
