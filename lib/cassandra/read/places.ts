/** A number of places with a queue of limited length. */
export class Places {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(
    atOnce: number,
    private readonly mostWaiting: number,
  ) {
    this.#free = atOnce;
  }

  /**
   * Waits for a place.
   * @returns a function that gives it back (more calls do nothing); null when the queue is full
   * @throws the signal's reason when it is aborted before there is a place
   */
  async enter(signal: AbortSignal): Promise<(() => void) | null> {
    signal.throwIfAborted();
    if (this.#free === 0) {
      if (this.#line.length >= this.mostWaiting) return null;
      await this.#wait(signal);
    } else this.#free--;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const next = this.#line.shift();
      if (next === undefined) this.#free++;
      else next();
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#line.splice(this.#line.indexOf(enter), 1);
        reject(signal.reason);
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#line.push(enter);
    });
  }
}
