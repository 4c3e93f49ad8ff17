/** Reads that may wait for others of the same person. More are refused at once. */
const MOST_WAITING = 100;

/** At most so many reads at the same time; the others begin in the order in which they came. */
export class SharedSlots {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isIdle(): boolean {
    return this.#underWay === 0 && this.#waiting.length === 0;
  }

  /** Whether another read would have to wait longer than anyone is willing to. */
  get isCrowded(): boolean {
    return this.#waiting.length >= MOST_WAITING;
  }

  /** How many reads are under way or would begin before another. */
  get before(): number {
    return this.#underWay + this.#waiting.length;
  }

  /**
   * Waits for a slot.
   * @returns frees it; more calls do nothing
   * @throws the signal's reason; the place in the queue is given up then
   */
  take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(signal.reason);
      };
      const begin = () => {
        signal.removeEventListener('abort', leave);
        this.#underWay++;
        resolve(this.#releasing());
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(begin);
      this.#pump();
    });
  }

  #releasing(): () => void {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#underWay--;
      this.#pump();
    };
  }

  #pump(): void {
    while (this.#underWay < this.#most) {
      const begin = this.#waiting.shift();
      if (begin === undefined) return;
      begin();
    }
  }
}
