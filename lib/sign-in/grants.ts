import 'server-only';
import { Failure } from '@/lib/failure';
import type { Granted, OidcProvider } from './oidc';
import { type Person, personKey } from './person';
import type { KnownSession, Sessions } from './sessions';

interface Held {
  readonly granted: Granted;
  readonly checkedMs: number;
}

/**
 * What providers have granted to sessions, in memory alone: a restart forgets it, and sessions of that time end when their
 * provider would be asked again.
 */
export class Grants {
  readonly #sessions: Sessions;
  readonly #providers: ReadonlyMap<string, OidcProvider>;
  readonly #now: () => number;
  #confirmed: (person: Person) => void = () => undefined;
  readonly #held = new Map<string, Held>();
  /** One question at a time for each session: a refresh token may be good once. */
  readonly #asking = new Map<string, Promise<Person | null>>();

  /** @param now in milliseconds since 1970 */
  constructor(sessions: Sessions, providers: ReadonlyMap<string, OidcProvider>, now: () => number = Date.now) {
    this.#sessions = sessions;
    this.#providers = providers;
    this.#now = now;
  }

  /** @param shownId of the session */
  keep(shownId: string, granted: Granted): void {
    this.#held.set(shownId, { granted, checkedMs: this.#now() });
    this.#confirmed(granted.person);
  }

  /** Calls `listener`, and nobody else, with each person whom a provider has just named, with their groups. */
  heardBy(listener: (person: Person) => void): void {
    this.#confirmed = listener;
  }

  /** What is needed to end a session at its provider, which is forgotten. */
  take(shownId: string): Granted | undefined {
    const held = this.#held.get(shownId);
    this.#held.delete(shownId);
    return held?.granted;
  }

  /**
   * The person of a session as the provider knows them, asked again once it is time; null: the session has ended.
   * @param id as the browser sends it
   */
  async personOf(id: string, session: KnownSession): Promise<Person | null> {
    const { person, shownId, startedMs } = session;
    const provider = this.#providers.get(person.provider ?? '');
    if (provider === undefined) return this.#ended(id, shownId);
    const held = this.#held.get(shownId);
    const ageMs = this.#now() - (held?.checkedMs ?? startedMs);
    const checkMs = provider.config.checkMinutes * 60_000;
    if (ageMs < checkMs) return person;
    const token = held?.granted.refreshToken;
    if (token === undefined) return this.#ended(id, shownId);
    const asked = this.#asking.get(shownId) ?? this.#asked(id, session, provider, token);
    this.#asking.set(shownId, asked);
    try {
      return await asked;
    } catch (error) {
      const isAway = error instanceof Failure && error.error.code === 'server_error';
      return isAway && ageMs < 2 * checkMs ? person : await this.#ended(id, shownId);
    } finally {
      this.#asking.delete(shownId);
    }
  }

  async #asked(id: string, { person, shownId }: KnownSession, provider: OidcProvider, token: string) {
    const granted = await provider.again(token);
    if (personKey(granted.person) !== personKey(person)) return this.#ended(id, shownId);
    this.keep(shownId, granted);
    await this.#sessions.rename(id, granted.person);
    return granted.person;
  }

  async #ended(id: string, shownId: string): Promise<null> {
    this.#held.delete(shownId);
    await this.#sessions.lose(id, 'provider');
    return null;
  }
}
