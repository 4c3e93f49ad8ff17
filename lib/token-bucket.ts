/** The burst that a per-second limit allows, in seconds: longer pauses are not made up for. */
const BURST_S = 0.25;

/** A per-second limit. Spending may exceed the balance; the debt must be waited out before spending more. */
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

  /** A negative amount returns what was overspent. */
  spend(amount: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#level -= amount;
  }

  /** Milliseconds until something may be spent again; 0: now. */
  waitMs(nowMs: number): number {
    this.#fill(nowMs);
    return this.#level > 0 ? 0 : Math.ceil((-this.#level / this.perSecond) * 1_000) + 1;
  }

  /** Whether nothing is owed and the whole burst is there: a new bucket would be the same. */
  isFull(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#level >= this.perSecond * BURST_S;
  }

  #fill(nowMs: number): void {
    const grown = this.#level + ((nowMs - this.#atMs) / 1_000) * this.perSecond;
    this.#level = Math.min(grown, this.perSecond * BURST_S);
    this.#atMs = nowMs;
  }
}
