import 'server-only';
import { createHash } from 'node:crypto';

/** Keys that are remembered: a hundred megabytes. */
const MOST_KEYS = 2_000_000;

/**
 * Which keys came before, by 15 bytes of their SHA-1: that two keys of a file share them is far less likely than a fault of
 * memory.
 */
export class KeysSeen {
  readonly #seen = new Set<string>();
  readonly #most: number;
  #isComplete = true;

  constructor(most = MOST_KEYS) {
    this.#most = most;
  }

  /** False: there were more keys than can be remembered. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** @param parts encoded values of the key's columns; null for a clustering column of a row with static values alone */
  sawBefore(parts: readonly (Uint8Array | null)[]): boolean {
    const hash = createHash('sha1');
    for (const part of parts) hash.update(`${part?.length ?? -1}:`).update(part ?? NOTHING);
    const key = hash.digest().toString('latin1', 0, 15);
    if (this.#seen.has(key)) return true;
    if (this.#seen.size < this.#most) this.#seen.add(key);
    else this.#isComplete = false;
    return false;
  }
}

const NOTHING = new Uint8Array();
