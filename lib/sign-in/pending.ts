import 'server-only';
import { randomBytes } from 'node:crypto';
import type { PendingSignIn } from './oidc';

const LIFE_MS = 10 * 60_000;
/** Beyond this those that began first are dropped: a flood of beginnings costs slow people theirs. */
const MOST = 5_000;

/** Sign-ins that have gone to a provider. Each is good once, for ten minutes, for the browser that has its cookie. */
export class PendingSignIns {
  readonly #held = new Map<string, { readonly pending: PendingSignIn; readonly untilMs: number }>();
  readonly #now: () => number;

  /** @param now in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @returns what the browser must bring back */
  begin(pending: PendingSignIn): string {
    for (const [id, { untilMs }] of this.#held) {
      if (untilMs > this.#now() && this.#held.size < MOST) break;
      this.#held.delete(id);
    }
    const id = randomBytes(32).toString('base64url');
    this.#held.set(id, { pending, untilMs: this.#now() + LIFE_MS });
    return id;
  }

  /** Null: there is none, it took too long, it was used before, or it went to another provider. */
  take(id: string | null, provider: string): PendingSignIn | null {
    const held = id === null ? undefined : this.#held.get(id);
    if (id !== null) this.#held.delete(id);
    return held === undefined || held.untilMs <= this.#now() || held.pending.provider !== provider
      ? null
      : held.pending;
  }
}
