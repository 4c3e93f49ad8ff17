import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { SessionEnd } from '@/lib/contract/audit';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import { type Person, personKey, personSchema } from './person';

const ID_BYTES = 32;
/** Of one person; the one that was used longest ago ends for the next. */
const MOST_OF_ONE = 50;
const MOST = 10_000;
/** How often the time of the last use is written. */
const KEPT_EVERY_MS = 60_000;

const heldSchema = z.object({
  /** SHA-256 of the id: who reads the file cannot use it. */
  hash: z.string(),
  person: personSchema,
  startedMs: z.number(),
  usedMs: z.number(),
  address: z.string(),
  agent: z.string(),
});
type Held = z.infer<typeof heldSchema>;
const fileSchema = z.object({ version: z.literal(1), sessions: z.array(heldSchema) });

/** What is known of one session. */
export interface KnownSession extends Omit<Held, 'hash'> {
  /** For people and links; it opens nothing. */
  readonly shownId: string;
  /** When it ends if it is used until then. */
  readonly endsMs: number;
}

export interface SessionLimits {
  readonly idleMs: number;
  readonly longestMs: number;
}

/** Where a session was opened from. */
export interface SessionPlace {
  readonly address: string;
  readonly agent: string;
}

/**
 * Sessions by a random id that only the browser has. They survive a restart in one file of their hashes. Looking one up
 * touches no disk.
 */
export class Sessions {
  readonly #path: string;
  readonly #limits: SessionLimits;
  readonly #now: () => number;
  readonly #held = new Map<string, Held>();
  /** Hashes of ids whose sessions ended with the process before. */
  readonly #cutOff = new Set<string>();
  #keptMs = 0;
  #turn: Promise<void> = Promise.resolve();
  #heard: (session: KnownSession, why: SessionEnd) => void = () => undefined;

  /** @param now in milliseconds since 1970 */
  constructor(path: string, limits: SessionLimits, now: () => number = Date.now) {
    this.#path = path;
    this.#limits = limits;
    this.#now = now;
  }

  /** Reads those of the process before. @throws Failure `storage_failed` when the file is damaged */
  async load(): Promise<void> {
    const { sessions = [] } = (await readJson(this.#path, fileSchema)) ?? {};
    for (const held of sessions.filter((one) => this.#isOpen(one))) {
      if (held.person.way === 'cassandra') this.#cutOff.add(held.hash);
      else this.#held.set(held.hash, held);
    }
    this.#keptMs = this.#now();
  }

  /**
   * A session for a person who has just proved who they are. Its id is new: one that was there before it is of no use.
   * @returns the id, which is kept nowhere
   */
  async open(person: Person, { address, agent }: SessionPlace): Promise<string> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    const nowMs = this.#now();
    const held = {
      hash: hashOf(id),
      person: personSchema.parse(person),
      startedMs: nowMs,
      usedMs: nowMs,
      address,
      agent,
    };
    this.#makeRoom(person);
    this.#held.set(held.hash, held);
    await this.#keep();
    return id;
  }

  /** The session with this id if it is open. Counts as a use. */
  use(id: string): KnownSession | null {
    const held = this.#held.get(hashOf(id));
    if (held === undefined || !this.#isOpen(held)) return null;
    held.usedMs = this.#now();
    if (held.usedMs - this.#keptMs >= KEPT_EVERY_MS) void this.#keep().catch(() => undefined);
    return this.#known(held);
  }

  /** Those of a person, the last used first. */
  of(person: Person): KnownSession[] {
    return this.#of(person)
      .sort((a, b) => b.usedMs - a.usedMs)
      .map((held) => this.#known(held));
  }

  /** Calls `listener`, and nobody else, with each session that ends although its person did not end it. */
  heardBy(listener: (session: KnownSession, why: SessionEnd) => void): void {
    this.#heard = listener;
  }

  /** Ends the session with this id, because its person may no longer have it. */
  async lose(id: string, why: SessionEnd): Promise<void> {
    await this.#lose((held) => held.hash === hashOf(id), why);
  }

  /** All that are open, the last used first. */
  all(): KnownSession[] {
    return [...this.#held.values()]
      .filter((held) => this.#isOpen(held))
      .sort((a, b) => b.usedMs - a.usedMs)
      .map((held) => this.#known(held));
  }

  /** Ends the sessions for which this is true. @returns how many there were */
  async endWhere(isEnded: (session: KnownSession) => boolean, why: SessionEnd): Promise<number> {
    return this.#lose((held) => isEnded(this.#known(held)), why);
  }

  /** {@link lose} by the id that is shown. */
  async loseShown(shownId: string, why: SessionEnd): Promise<void> {
    await this.#lose(({ hash }) => shownIdOf(hash) === shownId, why);
  }

  /** Whether this id was of a session that the last restart ended, because nobody knows the password of its role. */
  isCutOff(id: string): boolean {
    return this.#cutOff.has(hashOf(id));
  }

  /** Ends the session with this id, as its browser sends it. */
  async end(id: string): Promise<void> {
    if (this.#held.delete(hashOf(id))) await this.#keep();
  }

  /** Ends a session of this person by the id that is shown. @returns false if they have no such session */
  async endShown(person: Person, shownId: string): Promise<boolean> {
    const held = this.#of(person).find(({ hash }) => shownIdOf(hash) === shownId);
    if (held === undefined) return false;
    this.#held.delete(held.hash);
    await this.#keep();
    return true;
  }

  /** The person's name and groups are these now. */
  async rename(id: string, person: Person): Promise<void> {
    const held = this.#held.get(hashOf(id));
    if (held === undefined) return;
    held.person = personSchema.parse(person);
    await this.#keep();
  }

  /** How many are open. */
  count(): number {
    return [...this.#held.values()].filter((held) => this.#isOpen(held)).length;
  }

  /** Forgets those whose time is over. */
  async forgetEnded(): Promise<void> {
    await this.#lose((held) => !this.#isOpen(held), 'time');
  }

  /** Writes when each was used last, before the process ends. */
  async close(): Promise<void> {
    if (this.#held.size > 0) await this.#keep();
  }

  async #lose(isLost: (held: Held) => boolean, why: SessionEnd): Promise<number> {
    const lost = [...this.#held.values()].filter(isLost);
    for (const { hash } of lost) this.#held.delete(hash);
    for (const held of lost) this.#heard(this.#known(held), why);
    if (lost.length > 0) await this.#keep();
    return lost.length;
  }

  #of(person: Person): Held[] {
    const key = personKey(person);
    return [...this.#held.values()].filter((held) => personKey(held.person) === key && this.#isOpen(held));
  }

  #makeRoom(person: Person): void {
    for (const held of [...this.#held.values()]) if (!this.#isOpen(held)) this.#held.delete(held.hash);
    const oldestFirst = (a: Held, b: Held) => a.usedMs - b.usedMs;
    const own = this.#of(person).sort(oldestFirst);
    for (const { hash } of own.slice(0, Math.max(0, own.length - MOST_OF_ONE + 1))) this.#held.delete(hash);
    const all = [...this.#held.values()].sort(oldestFirst);
    for (const { hash } of all.slice(0, Math.max(0, all.length - MOST + 1))) this.#held.delete(hash);
  }

  #isOpen({ startedMs, usedMs }: Held): boolean {
    const nowMs = this.#now();
    return nowMs < startedMs + this.#limits.longestMs && nowMs < usedMs + this.#limits.idleMs;
  }

  #known({ hash, ...held }: Held): KnownSession {
    return { ...held, shownId: shownIdOf(hash), endsMs: held.startedMs + this.#limits.longestMs };
  }

  /** One after the other; each writes what is held when its turn comes. */
  #keep(): Promise<void> {
    this.#keptMs = this.#now();
    const done = this.#turn.then(async () => {
      await mkdir(dirname(this.#path), { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      await writeJson(this.#path, { version: 1, sessions: [...this.#held.values()] });
    });
    this.#turn = done.catch((error: unknown) => console.error('Sign-in: the sessions were not kept.', error));
    return done;
  }
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

function shownIdOf(hash: string): string {
  return hash.slice(0, 16);
}
