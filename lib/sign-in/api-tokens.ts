import 'server-only';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { API_TOKEN_ENDS, type ApiTokenEnd, MOST_API_TOKENS, type Narrowing } from '@/lib/contract/api-tokens';
import { Failure, invalidRequest } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { storageFailure } from '@/lib/jobs/storage-failure';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import { type Person, personKey, personSchema } from './person';
import { hashOfToken, isTokenText, newTokenText } from './token-text';

const DAY_MS = 86_400_000;
/** How long one that ended is still listed, and named where it is refused. */
const SHOWN_DAYS = 30;
/** Ended ones of one person that are kept; and all tokens of everybody. */
const MOST_ENDED = 20;
const MOST = 10_000;
/** How often a use and a confirmation are written. */
const KEPT_EVERY_MS = 60_000;

const heldSchema = z.object({
  /** SHA-256 of the text: who reads the file cannot use it. */
  hash: z.string(),
  name: z.string(),
  /** With the groups that were confirmed last. */
  person: personSchema,
  readOnly: z.boolean(),
  clusters: z.array(z.string()).readonly().nullable(),
  madeMs: z.number(),
  endsMs: z.number(),
  /** When the person was last known to be in their groups; at first, when it was made from a session. */
  confirmedMs: z.number(),
  /** Of the last use: the day, in UTC, and where it came from. */
  used: z.object({ day: z.string(), address: z.string() }).nullable(),
  ended: z.object({ ms: z.number(), why: z.enum(API_TOKEN_ENDS) }).nullable(),
});
type Held = z.infer<typeof heldSchema>;
const fileSchema = z.object({ version: z.literal(1), tokens: z.array(heldSchema) });

/** What is known of one token. */
export interface KnownApiToken extends Omit<Held, 'hash' | 'ended'> {
  /** For people and links; it opens nothing. */
  readonly id: string;
  /** Null: its time is not over, and nobody ended it. */
  readonly ended: ApiTokenEnd | null;
}

interface ApiTokenWish extends Narrowing {
  readonly name: string;
  readonly days: number;
}

/**
 * API tokens by a text that only its person has. They survive a restart in one file of their hashes. Looking one up touches
 * no disk.
 */
export class ApiTokens {
  readonly #path: string;
  readonly #longestMs: number;
  readonly #now: () => number;
  /** By the id that is shown. */
  readonly #held = new Map<string, Held>();
  #isUnkept = false;
  #keptMs = 0;
  #turn: Promise<void> = Promise.resolve();
  #heard: (token: KnownApiToken) => void = () => undefined;

  /**
   * @param longestDays however long a token was made for
   * @param now in milliseconds since 1970
   */
  constructor(path: string, longestDays: number, now: () => number = Date.now) {
    this.#path = path;
    this.#longestMs = longestDays * DAY_MS;
    this.#now = now;
  }

  /** Reads those of the process before. @throws Failure `storage_failed` when the file is damaged */
  async load(): Promise<void> {
    const { tokens = [] } = (await readJson(this.#path, fileSchema)) ?? {};
    for (const held of tokens) this.#held.set(idOf(held.hash), held);
    this.#keptMs = this.#now();
  }

  /**
   * A token for a person, whose groups are those of now. It is on the disk before anybody has its text.
   * @throws Failure `already_exists` for a name that another open one of theirs has, `limit_reached`, `disk_full`,
   *   `storage_failed`
   */
  async make(person: Person, { name, days, readOnly, clusters }: ApiTokenWish): Promise<[text: string, KnownApiToken]> {
    const open = this.of(person).filter(({ ended }) => ended === null);
    if (open.some((one) => one.name === name)) throw alreadyThere(name);
    this.#forgetOld(person);
    if (open.length >= MOST_API_TOKENS) throw tooMany(`You have ${MOST_API_TOKENS} API tokens already.`);
    if (this.#held.size >= MOST) throw tooMany(`There are ${MOST} API tokens already.`);
    if (days * DAY_MS > this.#longestMs) throw tooLong(this.#longestMs / DAY_MS);
    const text = newTokenText();
    const nowMs = this.#now();
    const held: Held = {
      ...{ hash: hashOfToken(text), name, person: personSchema.parse(person), readOnly, clusters },
      ...{ madeMs: nowMs, endsMs: nowMs + days * DAY_MS, confirmedMs: nowMs, used: null, ended: null },
    };
    const id = idOf(held.hash);
    this.#held.set(id, held);
    await this.#keep().catch((error: unknown) => {
      this.#held.delete(id);
      throw error;
    });
    return [text, this.#known(held)];
  }

  /** The token with this text, also one that has ended; null: there is none. */
  find(text: string): KnownApiToken | null {
    if (!isTokenText(text)) return null;
    const hash = hashOfToken(text);
    const held = this.#held.get(idOf(hash));
    return held?.hash === hash ? this.#known(held) : null;
  }

  /** It was used, from this address. */
  use({ id }: Pick<KnownApiToken, 'id'>, address: string): void {
    const held = this.#held.get(id);
    const day = new Date(this.#now()).toISOString().slice(0, 10);
    if (held === undefined || (held.used?.day === day && held.used.address === address)) return;
    held.used = { day, address };
    this.#keepSoon();
  }

  /** A person is in these groups now, by their identity provider. */
  confirm(person: Person): void {
    for (const held of this.#of(person)) {
      held.confirmedMs = this.#now();
      held.person = personSchema.parse(person);
      this.#keepSoon();
    }
  }

  /** Those of a person, and for 30 days those that ended: open ones first, the newest first. */
  of(person: Person): KnownApiToken[] {
    return this.#of(person)
      .map((held) => this.#known(held))
      .filter((token) => this.#isShown(token))
      .sort(byState);
  }

  /** Everybody's that are open, the newest first. */
  allOpen(): KnownApiToken[] {
    return [...this.#held.values()]
      .map((held) => this.#known(held))
      .filter(({ ended }) => ended === null)
      .sort(byState);
  }

  /** Calls `listener`, and nobody else, with each token that was ended by somebody other than its person. */
  heardBy(listener: (token: KnownApiToken) => void): void {
    this.#heard = listener;
  }

  /**
   * Ends the open tokens for which this is true, at once. @returns those that it ended
   * @throws Failure `storage_failed` when the next process could think that they are open
   */
  async endWhere(isEnded: (token: KnownApiToken) => boolean, why: ApiTokenEnd): Promise<KnownApiToken[]> {
    const open = [...this.#held.values()].filter((held) => this.#known(held).ended === null);
    const ending = open.filter((held) => isEnded(this.#known(held)));
    for (const held of ending) held.ended = { ms: this.#now(), why };
    const ended = ending.map((held) => this.#known(held));
    if (why !== 'revoked') for (const token of ended) this.#heard(token);
    if (ending.length > 0) await this.#keep();
    return ended;
  }

  /** Writes what was used and confirmed last, before the process ends. */
  async close(): Promise<void> {
    if (this.#isUnkept) await this.#keep();
    await this.#turn;
  }

  #of(person: Person): Held[] {
    const key = personKey(person);
    return [...this.#held.values()].filter((held) => personKey(held.person) === key);
  }

  /** Whatever is not shown any more, and of this person's ended ones all but the newest. */
  #forgetOld(person: Person): void {
    for (const [id, held] of this.#held) if (!this.#isShown(this.#known(held))) this.#held.delete(id);
    const ended = this.of(person).filter((token) => token.ended !== null);
    for (const { id } of ended.slice(MOST_ENDED)) this.#held.delete(id);
  }

  #isShown({ ended, endsMs, id }: KnownApiToken): boolean {
    if (ended === null) return true;
    return this.#now() < (this.#held.get(id)?.ended?.ms ?? endsMs) + SHOWN_DAYS * DAY_MS;
  }

  #known({ hash, ended, ...held }: Held): KnownApiToken {
    const endsMs = Math.min(held.endsMs, held.madeMs + this.#longestMs);
    return { ...held, endsMs, id: idOf(hash), ended: ended?.why ?? (this.#now() < endsMs ? null : 'time') };
  }

  #keepSoon(): void {
    this.#isUnkept = true;
    if (this.#now() - this.#keptMs >= KEPT_EVERY_MS) void this.#keep().catch(() => undefined);
  }

  /** One after the other; each writes what is held when its turn comes. */
  #keep(): Promise<void> {
    this.#keptMs = this.#now();
    this.#isUnkept = false;
    const done = this.#turn.then(async () => {
      const folder = dirname(this.#path);
      await mkdir(folder, { recursive: true, mode: OWNER_ONLY_DIRECTORY }).catch((error: unknown) => {
        throw storageFailure(error, folder);
      });
      await writeJson(this.#path, { version: 1, tokens: [...this.#held.values()] });
    });
    this.#turn = done.catch((error: unknown) => console.error('Sign-in: the API tokens were not kept.', error));
    return done;
  }
}

function idOf(hash: string): string {
  return hash.slice(0, 16);
}

function byState(a: KnownApiToken, b: KnownApiToken): number {
  return Number(a.ended !== null) - Number(b.ended !== null) || b.madeMs - a.madeMs;
}

function alreadyThere(name: string): Failure {
  return new Failure({
    code: 'already_exists',
    message: `You have an API token named ${name} already.`,
    hint: 'Choose another name, or revoke that one.',
    retryable: false,
  });
}

function tooMany(message: string): Failure {
  return new Failure({ code: 'limit_reached', message, hint: 'Revoke one that nothing uses.', retryable: false });
}

function tooLong(days: number): Failure {
  return invalidRequest(
    `An API token lasts ${days} days at most here.`,
    'signIn.tokens.longestDays in the configuration says so.',
  );
}
