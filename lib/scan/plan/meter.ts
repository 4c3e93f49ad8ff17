/** Rates cover the last WINDOW_MS; one sample per READING_EVERY_MS is enough for them. */
const [WINDOW_MS, READING_EVERY_MS] = [5_000, 250];
/** With fewer pages an extrapolation is worthless. */
const ESTIMATE_FROM_PAGES = 3;

interface Reading {
  readonly atMs: number;
  readonly rows: number;
  readonly share: number | null;
}

/** Counts what a scan hands over, and extrapolates from it. Has no clock. */
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

  /** @param share of the scan that is done; called only occasionally, because it looks at every piece */
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

  /** Over the last seconds; null before there is enough data. */
  rowsPerSecond(nowMs: number): number | null {
    const first = this.#readings.find(({ atMs }) => nowMs - atMs <= WINDOW_MS);
    // Nothing has arrived since the last sample, so the rate falls towards zero.
    const since = first ?? this.#readings.at(-1);
    if (since === undefined || nowMs <= since.atMs) return null;
    return ((this.rows - since.rows) * 1_000) / (nowMs - since.atMs);
  }

  /** An extrapolation; null: unknown. Exact when everything is done. */
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
