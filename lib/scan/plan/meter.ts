/** Rates are those of the last seconds; one reading in so many milliseconds is enough for them. */
const [WINDOW_MS, READING_EVERY_MS] = [5_000, 250];
/** Below this many pages an extrapolation is worth nothing. */
const ESTIMATE_FROM_PAGES = 3;

interface Reading {
  readonly atMs: number;
  readonly rows: number;
  readonly share: number | null;
}

/** Counts what a scan hands over, and what may be expected of it from that. Knows no clock. */
export class ScanMeter {
  rows: number;
  pages: number;
  frameBytes: number;
  #readings: Reading[] = [];

  constructor(before: { readonly rows: number; readonly pages: number; readonly frameBytes: number }) {
    this.rows = before.rows;
    this.pages = before.pages;
    this.frameBytes = before.frameBytes;
  }

  /** @param share of the scan that is done; asked for only now and then, for it costs a look at every piece */
  add(page: { readonly rows: number; readonly frameBytes: number }, nowMs: number, share: () => number | null): void {
    const last = this.#readings.at(-1);
    if (last === undefined || nowMs - last.atMs >= READING_EVERY_MS) {
      this.#readings = this.#readings.filter(({ atMs }) => nowMs - atMs <= WINDOW_MS);
      this.#readings.push({ atMs: nowMs, rows: this.rows, share: share() });
    }
    this.rows += page.rows;
    this.pages++;
    this.frameBytes += page.frameBytes;
  }

  /** Of the last seconds; null before there is anything to tell it from. */
  rowsPerSecond(nowMs: number): number | null {
    const first = this.#readings.find(({ atMs }) => nowMs - atMs <= WINDOW_MS);
    // Behind the last reading nothing came for a while: the rate falls towards nothing.
    const since = first ?? this.#readings.at(-1);
    if (since === undefined || nowMs <= since.atMs) return null;
    return ((this.rows - since.rows) * 1_000) / (nowMs - since.atMs);
  }

  /** An extrapolation; null: unknown. Exact when all is done. */
  estimatedRows(share: number | null): number | null {
    if (share === 1) return this.rows;
    if (share === null || share <= 0 || this.pages < ESTIMATE_FROM_PAGES) return null;
    return Math.round(this.rows / share);
  }

  /** An extrapolation from how the share grew in the last seconds; null: unknown. */
  estimatedLeftMs(share: number | null, nowMs: number): number | null {
    if (share === 1) return 0;
    const since = this.#readings.find(({ atMs }) => nowMs - atMs <= WINDOW_MS);
    if (share === null || since?.share == null || this.pages < ESTIMATE_FROM_PAGES || share <= since.share) return null;
    return ((1 - share) * (nowMs - since.atMs)) / (share - since.share);
  }
}
