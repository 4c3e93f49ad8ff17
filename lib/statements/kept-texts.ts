import 'server-only';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withoutPasswords } from '@/lib/cql/redact';
import { Failure } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import { diskFailure } from './disk-failure';

/** A link is good for so long after it was last copied. */
const LIFE_MS = 30 * 24 * 3_600_000;
/** Beyond this many the oldest give way. */
const MOST_TEXTS = 500;

const ID = /^[\w-]{22}$/;
const FILE = /^([\w-]{22})\.json$/;

const keptSchema = z.object({ text: z.string(), keyspace: z.string().nullable() });

/** A statement and the keyspace it belongs to. */
type KeptText = z.infer<typeof keptSchema>;

/**
 * Statements too long for an address, for the links to them. The id is a hash of 128 bits of the statement: nobody finds it
 * who does not have the link or the statement, and copying a link again keeps one file.
 */
export class KeptTexts {
  readonly #directory: string;
  readonly #most: number;
  readonly #now: () => number;

  constructor(directory: string, most = MOST_TEXTS, now: () => number = Date.now) {
    this.#directory = directory;
    this.#most = most;
    this.#now = now;
  }

  /**
   * Passwords are not kept: whoever has the link would see them.
   * @throws Failure `disk_full`, `storage_failed`
   */
  async keep({ text: whole, keyspace }: KeptText): Promise<{ readonly id: string; readonly expiresAt: string }> {
    const { text } = withoutPasswords(whole);
    const hash = createHash('sha256').update(JSON.stringify([text, keyspace]));
    const id = hash.digest().subarray(0, 16).toString('base64url');
    const nowMs = this.#now();
    try {
      await mkdir(this.#directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      await writeJson(this.#path(id), { text, keyspace });
      await utimes(this.#path(id), new Date(nowMs), new Date(nowMs));
      await this.#dropOld(id);
    } catch (error) {
      throw diskFailure(error, this.#directory);
    }
    return { id, expiresAt: new Date(nowMs + LIFE_MS).toISOString() };
  }

  /** @throws Failure `not_found` */
  async read(id: string): Promise<KeptText & { readonly expiresAt: string }> {
    const keptMs = ID.test(id) ? await changedMs(this.#path(id)) : null;
    if (keptMs === null || this.#now() - keptMs > LIFE_MS) throw gone();
    const kept = await readJson(this.#path(id), keptSchema);
    if (kept === null) throw gone();
    return { ...kept, expiresAt: new Date(keptMs + LIFE_MS).toISOString() };
  }

  async #dropOld(latest: string): Promise<void> {
    const ids = (await readdir(this.#directory)).flatMap((name) => FILE.exec(name)?.[1] ?? []);
    const aged = await Promise.all(ids.map(async (id) => ({ id, keptMs: (await changedMs(this.#path(id))) ?? 0 })));
    const byAge = aged.filter(({ id }) => id !== latest).toSorted((a, b) => b.keptMs - a.keptMs);
    const old = byAge.filter(({ keptMs }, index) => index >= this.#most - 1 || this.#now() - keptMs > LIFE_MS);
    for (const { id } of old) await rm(this.#path(id), { force: true });
  }

  #path(id: string): string {
    return join(this.#directory, `${id}.json`);
  }
}

async function changedMs(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

function gone(): Failure {
  return new Failure({
    code: 'not_found',
    message: 'The statement of this link is no longer kept.',
    hint: 'Links to long statements last 30 days. Ask for a new link, or save the statement and link to that.',
    retryable: false,
  });
}
