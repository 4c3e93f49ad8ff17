import 'server-only';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Mute, type MuteRequest, muteListSchema, type Severity } from '@/lib/contract/health';
import { Failure } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import { diskFailure } from '@/lib/statements/disk-failure';

/** Mutes of one cluster: so many that nobody needs more, so few that the file stays small. */
const MOST_MUTES = 500;
const DAY_MS = 86_400_000;

const fileSchema = z.custom<Mute[]>((value) => muteListSchema.safeParse(value).success);

/** Findings that people do not want to see for a while, in one small file for each cluster. */
export class MuteFile {
  readonly #directory: string;
  readonly #now: () => number;
  readonly #most: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(directory: string, now: () => number = Date.now, most = MOST_MUTES) {
    this.#directory = directory;
    this.#now = now;
    this.#most = most;
  }

  /**
   * Those that have not ended.
   * @throws Failure `storage_failed`
   */
  async list(cluster: string): Promise<Mute[]> {
    const mutes = (await readJson(this.#path(cluster), fileSchema)) ?? [];
    return mutes.filter(({ until }) => Date.parse(until) > this.#now());
  }

  /**
   * Adds a mute, or replaces that of the same finding.
   * @param severity what the finding has now
   * @throws Failure `invalid_request` when there are too many, `disk_full`, `storage_failed`
   */
  add(cluster: string, { id, reason, days }: MuteRequest, by: string, severity: Severity): Promise<void> {
    const nowMs = this.#now();
    const at = new Date(nowMs).toISOString();
    const until = new Date(nowMs + days * DAY_MS).toISOString();
    return this.#change(cluster, (mutes) => [
      ...mutes.filter((mute) => mute.id !== id),
      { id, reason, until, by, at, severity },
    ]);
  }

  /** Shows a finding again; nothing happens where it is not muted. @throws as {@link add} */
  remove(cluster: string, id: string): Promise<void> {
    return this.#change(cluster, (mutes) => mutes.filter((mute) => mute.id !== id));
  }

  /** One change after the other: two at once would lose one of them. */
  #change(cluster: string, change: (mutes: Mute[]) => Mute[]): Promise<void> {
    const done = this.#turn.then(async () => {
      const changed = change(await this.list(cluster));
      if (changed.length > this.#most) throw tooMany(this.#most);
      await this.#write(cluster, changed);
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #write(cluster: string, mutes: readonly Mute[]): Promise<void> {
    try {
      await mkdir(this.#directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      await writeJson(this.#path(cluster), mutes);
    } catch (error) {
      throw diskFailure(error, this.#directory);
    }
  }

  #path(cluster: string): string {
    return join(this.#directory, `${cluster}.json`);
  }
}

function tooMany(most: number): Failure {
  return new Failure({
    code: 'invalid_request',
    message: `${most} findings of this cluster are muted, and no more can be.`,
    hint: 'Show some of them again first.',
    retryable: false,
  });
}
