/**
 * The outcome of a client's visit. `ok`: as it should be; `refused`: an error from the contract, which a busy server may
 * return; `wrong`: something that must never happen.
 * @typedef {{ kind: 'ok' | 'refused' | 'wrong', note: string }} Outcome
 */

/** @param {string} [note] @returns {Outcome} */
export const ok = (note = '') => ({ kind: 'ok', note });

/** @param {string} note @returns {Outcome} */
export const refused = (note) => ({ kind: 'refused', note });

/** @param {string} note @returns {Outcome} */
export const wrong = (note) => ({ kind: 'wrong', note });

/** Counts outcomes per kind of visit, and keeps the first ones that must never happen. */
export class Tally {
  /** @type {Map<string, Map<string, number>>} */
  #counts = new Map();
  /** @type {string[]} */
  #wrongs = [];

  /**
   * @param {string} visit
   * @param {Outcome} outcome
   */
  add(visit, { kind, note }) {
    const counts = this.#counts.get(visit) ?? new Map();
    this.#counts.set(visit, counts);
    const key = kind === 'refused' ? `refused: ${note}` : kind;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (kind === 'wrong') this.#wrongs.push(`${visit}: ${note}`);
  }

  /** @returns {readonly string[]} */
  get wrongs() {
    return this.#wrongs;
  }

  /** @param {string} visit @returns {number} how many ended as they should */
  okCount(visit) {
    return this.#counts.get(visit)?.get('ok') ?? 0;
  }

  /** @returns {string[]} a line for each kind of visit */
  lines() {
    return [...this.#counts].map(([visit, counts]) => {
      const parts = [...counts]
        .toSorted(([, one], [, other]) => other - one)
        .map(([what, count]) => `${count} ${what}`);
      return `${visit.padEnd(28)} ${parts.join(', ')}`;
    });
  }
}
