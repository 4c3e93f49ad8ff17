import type { LimitClock } from './limit-clock';

/** A clock that stands still until it is moved. */
export class TestClock implements LimitClock {
  #nowMs = 0;
  readonly #timers = new Map<() => void, number>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, run: () => void): () => void {
    this.#timers.set(run, this.#nowMs + ms);
    return () => this.#timers.delete(run);
  }

  /** How many timers wait. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Moves on to the first timer, if any waits. */
  moveToNext(): void {
    if (this.#timers.size > 0) this.move(Math.min(...this.#timers.values()) - this.#nowMs);
  }

  /** Moves on, and runs what is due. */
  move(ms: number): void {
    this.#nowMs += ms;
    for (const [run, dueMs] of this.#timers) {
      if (dueMs > this.#nowMs) continue;
      this.#timers.delete(run);
      run();
    }
  }
}
