import type { ErrorCode } from '@/lib/contract/errors';

const FIRST = 8;
/** How much faster a doubled number of requests must be to be worth it. */
const WORTH = 1.1;
/** Answers and time that a rate is measured over. */
const [ROUND_ANSWERS, ROUND_MS] = [4, 250];
/** The cluster cannot keep up. */
export const SLOW_DOWN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'overloaded',
  'request_timeout',
  'write_timeout',
  'read_timeout',
]);

/**
 * How many requests are in flight: doubled as long as that makes the whole faster, halved when the cluster reports that it
 * cannot keep up, after which it grows no more, or only after a rest. Has no clock.
 */
export class Adapting {
  #atOnce: number;
  #answers = 0;
  #sinceMs: number;
  /** Answers per millisecond with the number before. */
  #before = 0;
  #grows = true;
  /** Before the doubling that is on trial; null: none is. */
  #tried: number | null = null;

  /** @param restMs time after which it tries again to grow */
  constructor(
    readonly most: number,
    nowMs: number,
    readonly restMs: number = Number.POSITIVE_INFINITY,
  ) {
    this.#atOnce = Math.min(FIRST, most);
    this.#sinceMs = nowMs;
  }

  get atOnce(): number {
    return this.#atOnce;
  }

  answered(nowMs: number): void {
    this.#answers++;
    const spentMs = nowMs - this.#sinceMs;
    if (!this.#grows && spentMs < this.restMs) return;
    if (this.#answers < ROUND_ANSWERS * this.#atOnce || spentMs < ROUND_MS) return;
    const rate = this.#answers / spentMs;
    if (!this.#grows || rate > this.#before * WORTH) this.#try(nowMs, rate);
    else this.#rest(nowMs, rate);
  }

  backOff(nowMs: number): void {
    this.#atOnce = Math.max(1, this.#atOnce >> 1);
    this.#grows = false;
    this.#tried = null;
    this.#begin(nowMs, 0);
  }

  #try(nowMs: number, rate: number): void {
    this.#grows = true;
    this.#tried = this.#atOnce;
    this.#atOnce = Math.min(this.most, this.#atOnce * 2);
    this.#begin(nowMs, rate);
  }

  /** More that is not faster only makes each wait longer. */
  #rest(nowMs: number, rate: number): void {
    this.#grows = false;
    if (this.restMs !== Number.POSITIVE_INFINITY) this.#atOnce = this.#tried ?? this.#atOnce;
    this.#tried = null;
    this.#begin(nowMs, rate);
  }

  #begin(nowMs: number, rate: number): void {
    this.#answers = 0;
    this.#sinceMs = nowMs;
    this.#before = rate;
  }
}
