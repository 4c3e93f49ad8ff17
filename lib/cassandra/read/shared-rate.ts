import { TokenBucket } from '@/lib/token-bucket';
import type { LimitClock } from './limit-clock';

/** A request that waits until the rate allows it. */
interface Waiting {
  readonly rows: number;
  begin(): void;
}

/**
 * Rows a second that several readers share. They take turns, one request each, so that none of them waits for all pages of
 * another. A request is counted with the rows it asks for, and corrected by those that came.
 */
export class SharedRate {
  readonly #bucket: TokenBucket;
  readonly #clock: LimitClock;
  /** By reader, in the order of their turns. */
  readonly #waiting = new Map<number, Waiting[]>();
  #underWay = 0;
  #forgetTimer: () => void = () => undefined;

  constructor(rowsPerSecond: number, clock: LimitClock) {
    this.#clock = clock;
    this.#bucket = new TokenBucket(rowsPerSecond, clock.nowMs());
  }

  /** Nothing waits or is under way, and nothing of the rate is used up. */
  get isIdle(): boolean {
    return this.#waiting.size === 0 && this.#underWay === 0 && this.#bucket.isFull(this.#clock.nowMs());
  }

  /**
   * Waits for a reader's turn and counts the rows it asks for; {@link came} follows.
   * @throws the signal's reason; the place in the queue is given up then
   */
  turn(reader: number, rows: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#remove(reader, waiting);
        reject(signal.reason);
        this.#pump();
      };
      const begin = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting: Waiting = { rows, begin };
      signal.addEventListener('abort', leave, { once: true });
      const others = this.#waiting.get(reader);
      if (others === undefined) this.#waiting.set(reader, [waiting]);
      else others.push(waiting);
      this.#pump();
    });
  }

  /** Corrects what was counted for a request by the rows that came. */
  came(asked: number, rows: number): void {
    this.#underWay--;
    this.#bucket.spend(rows - asked, this.#clock.nowMs());
    this.#pump();
  }

  #remove(reader: number, waiting: Waiting): void {
    const left = (this.#waiting.get(reader) ?? []).filter((one) => one !== waiting);
    if (left.length === 0) this.#waiting.delete(reader);
    else this.#waiting.set(reader, left);
  }

  #pump(): void {
    this.#forgetTimer();
    for (const [reader, [next]] of this.#waiting) {
      const waitMs = this.#bucket.waitMs(this.#clock.nowMs());
      if (waitMs > 0) {
        this.#forgetTimer = this.#clock.after(waitMs, () => this.#pump());
        return;
      }
      if (next !== undefined) this.#begin(reader, next);
    }
  }

  /** The reader's next request waits for a turn of all others. */
  #begin(reader: number, next: Waiting): void {
    const left = (this.#waiting.get(reader) ?? []).slice(1);
    this.#waiting.delete(reader);
    if (left.length > 0) this.#waiting.set(reader, left);
    this.#bucket.spend(next.rows, this.#clock.nowMs());
    this.#underWay++;
    next.begin();
  }
}
