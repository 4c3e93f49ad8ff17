/**
 * How hard a scan presses the cluster, as two small deciders that know no clock and no network: how many pages are asked
 * for at the same time, and how much may flow in a second.
 */

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
