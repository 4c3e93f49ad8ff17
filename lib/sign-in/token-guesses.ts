import 'server-only';

const WINDOW_MS = 15 * 60_000;
/** Different wrong tokens from one address in that time. */
const MOST_WRONG = 50;
/** Addresses that are counted; beyond this those that began first are dropped. */
const MOST_ADDRESSES = 1_000;

interface Counter {
  readonly untilMs: number;
  /** The tokens' hashes. */
  readonly wrong: Set<string>;
}

/**
 * Slows down whoever tries tokens. The same wrong one counts once: a program whose token has ended, and which asks again
 * and again, guesses nothing. Bounded, in memory: a restart forgets it.
 */
export class TokenGuesses {
  readonly #counters = new Map<string, Counter>();
  readonly #now: () => number;

  /** @param now in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether tokens from this address are not looked at for now. */
  isStopped(address: string): boolean {
    const counter = this.#counters.get(address);
    return counter !== undefined && counter.untilMs > this.#now() && counter.wrong.size >= MOST_WRONG;
  }

  /** This one opened nothing. */
  wrong(hash: string, address: string): void {
    const now = this.#now();
    const known = this.#counters.get(address);
    if (known !== undefined && known.untilMs > now) {
      if (known.wrong.size < MOST_WRONG) known.wrong.add(hash);
      return;
    }
    this.#counters.delete(address);
    this.#counters.set(address, { untilMs: now + WINDOW_MS, wrong: new Set([hash]) });
    for (const [oldest] of this.#counters) {
      if (this.#counters.size <= MOST_ADDRESSES) break;
      this.#counters.delete(oldest);
    }
  }
}
