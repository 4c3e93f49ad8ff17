import type { Clock } from './clock';

/** A clock for tests: it stands still until it is set, and wakes whoever waited for the time that it shows then. */
export class TestClock implements Clock {
  #nowMs: number;
  readonly #waiting = new Set<{ readonly atMs: number; readonly run: () => void }>();

  constructor(time: string) {
    this.#nowMs = Date.parse(time);
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  after(delayMs: number, run: () => void): () => void {
    const waiter = { atMs: this.#nowMs + delayMs, run };
    this.#waiting.add(waiter);
    return () => this.#waiting.delete(waiter);
  }

  /** Sets the clock, forward or back. A timer counts on when the clock is set back, so all who wait are woken then. */
  set(time: string): void {
    const wasMs = this.#nowMs;
    this.#nowMs = Date.parse(time);
    for (const waiter of [...this.#waiting]) {
      if (waiter.atMs > this.#nowMs && this.#nowMs >= wasMs) continue;
      this.#waiting.delete(waiter);
      waiter.run();
    }
  }
}
