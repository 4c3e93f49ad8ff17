import 'server-only';

const WINDOW_MS = 15 * 60_000;
/** Counters kept; beyond this those that began first are dropped. */
const MOST_COUNTERS = 10_000;

/**
 * Failures in a quarter of an hour. By name and address: a person who mistypes. By address: one machine that tries many
 * names. By name: many machines that try one; so high that nobody is locked out by a prank.
 */
const LIMITS = { pair: 10, address: 50, name: 200 };

interface Counter {
  readonly untilMs: number;
  failures: number;
}

/** Slows down whoever tries passwords. Bounded, in memory: a restart forgets it. */
export class Throttle {
  readonly #counters = new Map<string, Counter>();
  readonly #now: () => number;

  /** @param now in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How long this name must wait at this address before another try, in milliseconds; 0: it may try now. */
  waitMs(name: string, address: string): number {
    const now = this.#now();
    const waits = keysOf(name, address).map(([key, limit]) => {
      const counter = this.#counters.get(key);
      return counter === undefined || counter.failures < limit ? 0 : counter.untilMs - now;
    });
    return Math.max(0, ...waits);
  }

  /** A try that begins. It counts as a failure until {@link succeeded}: those that run side by side count too. */
  begin(name: string, address: string): void {
    for (const [key] of keysOf(name, address)) {
      const counter = this.#counterOf(key);
      counter.failures++;
    }
  }

  /** The try was right: this person's failures at this address are forgotten, and others' are not. */
  succeeded(name: string, address: string): void {
    const [pair, ...others] = keysOf(name, address);
    if (pair !== undefined) this.#counters.delete(pair[0]);
    for (const [key] of others) {
      const counter = this.#counterOf(key);
      counter.failures = Math.max(0, counter.failures - 1);
    }
  }

  /** The try could not be made, so it counts for nothing. */
  withdrawn(name: string, address: string): void {
    for (const [key] of keysOf(name, address)) {
      const counter = this.#counterOf(key);
      counter.failures = Math.max(0, counter.failures - 1);
    }
  }

  #counterOf(key: string): Counter {
    const now = this.#now();
    const known = this.#counters.get(key);
    if (known !== undefined && known.untilMs > now) return known;
    const counter = { untilMs: now + WINDOW_MS, failures: 0 };
    this.#counters.delete(key);
    this.#counters.set(key, counter);
    for (const [oldest] of this.#counters) {
      if (this.#counters.size <= MOST_COUNTERS) break;
      this.#counters.delete(oldest);
    }
    return counter;
  }
}

function keysOf(name: string, address: string): [key: string, limit: number][] {
  return [
    [JSON.stringify([name, address]), LIMITS.pair],
    [JSON.stringify([null, address]), LIMITS.address],
    [JSON.stringify([name, null]), LIMITS.name],
  ];
}
