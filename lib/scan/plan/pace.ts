/** How much load a scan puts on the cluster, as a small decider without clock or network: how many pages are in flight. */

/** Requested pages that queue at the servers: below the first request more, above the second fewer. */
const [QUEUE_LOW, QUEUE_HIGH] = [1, 3];
const FIRST_PAGES = 2;
/** Below this size a page costs as much as its request; above it, as much as its bytes. */
const UNIT_BYTES = 64 * 1024;

/**
 * How many pages to keep in flight. It starts low and grows while latency shows that they do not queue at the servers, as
 * TCP Vegas does: of `n` pages that take `t`, and `t0` at best, `n × (1 − t0 / t)` are queued. It doubles with each round
 * (as many responses as pages in flight) until some queue, then grows by one. It is halved when the cluster reports
 * overload.
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

  /** @param readerWaits nothing was ready when the reader asked: only then are more pages useful */
  answered({ elapsedMs, bytes }: { elapsedMs: number; bytes: number }, readerWaits: boolean): void {
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
