import 'server-only';
import type { AuditEntry } from '@/lib/contract/audit';

const WINDOW_MS = 60_000;
/** Alike refusals that are listed one by one in a minute. */
const LISTED = 20;
/** Kinds of refusals that are counted apart in a minute; all others are one kind. */
const MOST_KINDS = 500;

/** What makes two refusals alike. */
type Refused = Pick<AuditEntry, 'error' | 'address' | 'person' | 'personId'>;

/** Refusals that were not listed. */
interface Unlisted {
  readonly like: Refused;
  readonly more: number;
}

/**
 * Keeps somebody who is refused again and again, signed in or not, from pushing other lines out of the files: the first
 * twenty alike in a minute are listed, and the others counted.
 */
export class RefusalPace {
  readonly #now: () => number;
  #kinds = new Map<string, { readonly like: Refused; listed: number; more: number }>();
  #since = Number.NEGATIVE_INFINITY;

  /** @param now in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether this one is listed. */
  lists({ error, address, person, personId }: Refused): boolean {
    const kind = JSON.stringify([error, address, personId]);
    const isNew = !this.#kinds.has(kind) && this.#kinds.size >= MOST_KINDS;
    const key = isNew ? '' : kind;
    const like = isNew ? { person: null } : { error, address, person, personId };
    const count = this.#kinds.get(key) ?? { like, listed: 0, more: 0 };
    this.#kinds.set(key, count);
    const isListed = count.listed < LISTED;
    if (isListed) count.listed++;
    else count.more++;
    return isListed;
  }

  /**
   * Those of the last minute that were not listed, once it is over.
   * @param isOver whatever the time
   */
  ended(isOver = false): Unlisted[] {
    const nowMs = this.#now();
    if (!isOver && nowMs - this.#since < WINDOW_MS) return [];
    const kinds = [...this.#kinds.values()];
    [this.#kinds, this.#since] = [new Map(), nowMs];
    return kinds.flatMap(({ like, more }) => (more > 0 ? [{ like, more }] : []));
  }
}
