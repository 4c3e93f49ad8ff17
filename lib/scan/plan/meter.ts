/** Rates cover the last RATE_SPAN_MS; one sample per SAMPLE_EVERY_MS is enough for them. */
const [RATE_SPAN_MS, SAMPLE_EVERY_MS] = [5_000, 250];
/** With fewer pages an extrapolation is worthless. */
const ESTIMATE_FROM_PAGES = 3;

interface RateSample {
  readonly atMs: number;
  readonly rows: number;
  readonly share: number | null;
}

/** Counts what a scan hands over, and extrapolates from it. Has no clock. */
export class ScanMeter {
  rows: number;
  pages: number;
  frameBytes: number;
  #samples: RateSample[] = [];

  constructor(before: { readonly rows: number; readonly pages: number; readonly frameBytes: number }) {
    this.rows = before.rows;
    this.pages = before.pages;
    this.frameBytes = before.frameBytes;
  }

  /** @param share of the scan that is done; called only occasionally, because it looks at every piece */
  add(page: { readonly rows: number; readonly frameBytes: number }, nowMs: number, share: () => number | null): void {
    const last = this.#samples.at(-1);
    if (last === undefined || nowMs - last.atMs >= SAMPLE_EVERY_MS) {
      this.#samples = this.#samples.filter(({ atMs }) => nowMs - atMs <= RATE_SPAN_MS);
      this.#samples.push({ atMs: nowMs, rows: this.rows, share: share() });
    }
    this.rows += page.rows;
    this.pages++;
    this.frameBytes += page.frameBytes;
  }

  /** Over the last seconds; null before there is enough data. */
  rowsPerSecond(nowMs: number): number | null {
    const first = this.#samples.find(({ atMs }) => nowMs - atMs <= RATE_SPAN_MS);
    // Nothing has arrived since the last sample, so the rate falls towards zero.
    const since = first ?? this.#samples.at(-1);
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
    const since = this.#samples.find(({ atMs }) => nowMs - atMs <= RATE_SPAN_MS);
    if (share === null || since?.share == null || this.pages < ESTIMATE_FROM_PAGES || share <= since.share) return null;
    return ((1 - share) * (nowMs - since.atMs)) / (share - since.share);
  }
}
