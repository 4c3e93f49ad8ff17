import { randomBytes } from 'node:crypto';

const LIFE_MS = 60_000;
/** Beyond this the oldest are dropped, so a flood of ticket requests only costs slow clients theirs. */
const MOST = 1_000;

/**
 * One-time tokens for links. A download is a plain link, so that the browser's download manager handles it; if the browser
 * adds nothing that shows where the link came from, a ticket does. Only this server's own page can get one.
 */
export class Tickets {
  /** @type {Map<string, number>} when each expires */
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
   * @returns {boolean} whether it was valid; it no longer is
   */
  spend(ticket) {
    const untilMs = this.#known.get(ticket);
    this.#known.delete(ticket);
    return untilMs !== undefined && untilMs > this.#now();
  }
}
