import { randomBytes } from 'node:crypto';

const LIFE_MS = 60_000;
/** Beyond that the oldest are forgotten: whoever asks for tickets without end takes them from nobody but the unhurried. */
const MOST = 1_000;

/**
 * One-time words for links. A download is a plain link, so that the browser's download manager takes it; where the
 * browser adds nothing to it that says whose link it is, a ticket does. Only this server's own page can have one.
 */
export class Tickets {
  /** @type {Map<string, number>} until when each is good */
  #known = new Map();
  #now;

  /** @param {() => number} [now] in milliseconds */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** @returns {string} good once, for a minute */
  make() {
    for (const [ticket, untilMs] of this.#known) {
      if (untilMs > this.#now() && this.#known.size < MOST) break;
      this.#known.delete(ticket);
    }
    const ticket = randomBytes(24).toString('base64url');
    this.#known.set(ticket, this.#now() + LIFE_MS);
    return ticket;
  }

  /**
   * @param {string} ticket
   * @returns {boolean} whether it was good; it no longer is
   */
  spend(ticket) {
    const untilMs = this.#known.get(ticket);
    this.#known.delete(ticket);
    return untilMs !== undefined && untilMs > this.#now();
  }
}
