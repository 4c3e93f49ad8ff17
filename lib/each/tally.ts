import type { EachProgress } from '@/lib/contract/parameters';

/** The width of a class of latencies: each is at most this much longer than the one before. */
const STEP = 1.03;
const FINEST_MS = 0.05;

/** Latencies in classes that grow by 3 %: any number of them in little memory. */
export class Latencies {
  readonly #counts: number[] = [];
  #total = 0;
  #max = 0;

  add(elapsedMs: number): void {
    const place = Math.max(0, Math.ceil(Math.log(elapsedMs / FINEST_MS) / Math.log(STEP)));
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    this.#total++;
    this.#max = Math.max(this.#max, elapsedMs);
  }

  /** Null before the first. */
  summary(): EachProgress['latencyMs'] {
    return this.#total === 0 ? null : { p50: this.#least(0.5), p99: this.#least(0.99), max: this.#max };
  }

  /** The end of the class that this share of all latencies reaches. */
  #least(share: number): number {
    let left = Math.ceil(this.#total * share);
    const place = this.#counts.findIndex((count) => {
      left -= count ?? 0;
      return left <= 0;
    });
    return Math.min(FINEST_MS * STEP ** place, this.#max);
  }
}

/** Rates cover this time. */
const RATE_SPAN_MS = 5_000;
const SAMPLE_EVERY_MS = 250;

/** How many rows end per second, over the last seconds. Has no clock. */
export class EndRate {
  #samples: { readonly atMs: number; readonly ended: number }[] = [];

  add(ended: number, nowMs: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && nowMs - last.atMs < SAMPLE_EVERY_MS) return;
    this.#samples = [...this.#samples.filter(({ atMs }) => nowMs - atMs <= RATE_SPAN_MS), { atMs: nowMs, ended }];
  }

  /** Null before there is enough to tell. */
  perSecond(ended: number, nowMs: number): number | null {
    const since = this.#samples.find(({ atMs }) => nowMs - atMs <= RATE_SPAN_MS) ?? this.#samples.at(-1);
    if (since === undefined || nowMs <= since.atMs) return null;
    return ((ended - since.ended) * 1_000) / (nowMs - since.atMs);
  }
}
