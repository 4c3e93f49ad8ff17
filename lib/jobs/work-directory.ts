import 'server-only';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import type { JobPart } from '@/lib/contract/jobs';
import { OWNER_ONLY_DIRECTORY, openRegular } from '@/lib/regular-file';
import { version } from '@/package.json';
import { readJson, writeJson } from './atomic-file';
import { type DirectoryLock, LOCK_FILE, lockDirectory } from './directory-lock';
import {
  CHECKPOINT_FILE,
  type Checkpoint,
  checkpointSchema,
  JOB_FILE,
  MANIFEST_FILE,
  type Manifest,
  manifestSchema,
  PART_NAME,
  type PartState,
} from './work-state';

const OTHER_FILES: ReadonlySet<string> = new Set([LOCK_FILE, JOB_FILE, `${JOB_FILE}.tmp`, `${CHECKPOINT_FILE}.tmp`]);

/** What work must say in its manifest; the rest is worked out, or the kind's own. */
type ManifestFacts = Pick<Manifest, 'isComplete' | 'startedAt'> & {
  readonly warnings: readonly string[];
  readonly parts: readonly Manifest['parts'][number][];
};

export interface Work<State extends Checkpoint> {
  /** What the directory is of, for people: `export`. */
  readonly noun: string;
  /** A directory does not go on under other terms. */
  readonly terms: string;
  /** Of the kind's checkpoints. */
  readonly schema: z.ZodType<State>;
}

/** The directory of some work: its checkpoint and manifest, and the part files as they are on the disk. */
export class WorkDirectory<State extends Checkpoint> {
  readonly #path: string;
  readonly #work: Work<State>;

  constructor(path: string, work: Work<State>) {
    this.#path = path;
    this.#work = work;
  }

  /**
   * Makes the directory and keeps others from writing into it.
   * @throws CassandraFailure `storage_failed` when somebody else writes there
   */
  async hold(): Promise<DirectoryLock> {
    await mkdir(this.#path, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    return lockDirectory(this.#path);
  }

  /**
   * Where the work stands; null when it has not begun. What was written after the checkpoint is removed.
   * @throws CassandraFailure when there are other files, or parts are not what the checkpoint says
   */
  async load(): Promise<State | null> {
    const state = await readJson(join(this.#path, CHECKPOINT_FILE), this.#work.schema);
    if (state === null) {
      await this.#checkEmpty();
      return null;
    }
    if (state.terms !== this.#work.terms) {
      throw refusal(
        `${this.#path} holds another ${this.#work.noun}, or one with other options.`,
        'Choose another directory.',
      );
    }
    const known = new Set(state.parts.map(({ name }) => name));
    for (const name of await readdir(this.#path)) {
      if (PART_NAME.test(name) && !known.has(name)) await rm(join(this.#path, name));
    }
    for (const part of state.parts) await this.#cut(part);
    return state;
  }

  async #checkEmpty(): Promise<void> {
    const others = (await readdir(this.#path)).filter((name) => !OTHER_FILES.has(name));
    if (others.length === 0) return;
    throw refusal(
      `${this.#path} is not empty (${others.slice(0, 3).join(', ')}).`,
      'Choose a directory that is empty or does not exist.',
    );
  }

  /** @throws CassandraFailure when the file is shorter than it was, or of another length though it was complete */
  async #cut({ name, bytes, isComplete }: PartState): Promise<void> {
    const path = join(this.#path, name);
    const size = await lstat(path).then(
      (found) => found.size,
      () => -1,
    );
    if (size === bytes) return;
    if (size < bytes || isComplete) {
      const found = size === -1 ? 'is missing' : `has ${size} bytes in place of ${bytes}`;
      throw refusal(`The part ${name} ${found}.`, `It was changed or lost. Start a new ${this.#work.noun}.`);
    }
    const file = await openRegular(path, 'change');
    await file.truncate(bytes).finally(() => file.close());
  }

  save(state: State): Promise<void> {
    return writeJson(join(this.#path, CHECKPOINT_FILE), state);
  }

  /** @param facts with the kind's own; those that can be worked out of the parts may be among them */
  async writeManifest<Facts extends ManifestFacts>(facts: Facts): Promise<void> {
    const manifest = {
      version: 1,
      ringside: version,
      ...sums(facts.parts),
      ...facts,
      endedAt: facts.isComplete ? new Date().toISOString() : null,
      parts: facts.parts.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    };
    await writeJson(join(this.#path, MANIFEST_FILE), manifest);
    // What is complete never goes on.
    if (facts.isComplete) await rm(join(this.#path, CHECKPOINT_FILE), { force: true });
  }
}

/** The state of work that is not complete; null where there is none. */
export function readCheckpoint<State>(directory: string, schema: z.ZodType<State>): Promise<State | null> {
  return readJson(join(directory, CHECKPOINT_FILE), schema);
}

/** What a directory holds; null where there is no work, or some that has not begun. */
export function readManifest<Facts>(directory: string, schema: z.ZodType<Facts>): Promise<Facts | null> {
  return readJson(join(directory, MANIFEST_FILE), schema);
}

/** How much of the work is done. */
export interface Standing {
  readonly rows: number;
  readonly bytes: number;
  readonly parts: readonly JobPart[];
}

/** How work of any kind stands, as its parts are. */
export async function readStanding(directory: string): Promise<Standing> {
  const checkpoint = await readCheckpoint(directory, checkpointSchema);
  if (checkpoint !== null) return standingOf(checkpoint.parts.map(partOf));
  const manifest = await readManifest(directory, manifestSchema);
  if (manifest === null) return standingOf([]);
  const { rows, bytes, parts } = manifest;
  return { rows, bytes, parts };
}

/** A part as others see it: its sum counts when it is complete. */
export function partOf({ name, rows, bytes, sha256, isComplete }: PartState): JobPart {
  return { name, rows, bytes, sha256: isComplete ? sha256 : null };
}

/** Where all that is done is in parts. */
export function standingOf(parts: readonly JobPart[]): Standing {
  return { ...sums(parts), parts };
}

function sums(parts: readonly Pick<JobPart, 'rows' | 'bytes'>[]) {
  const sum = (key: 'rows' | 'bytes') => parts.reduce((total, part) => total + part[key], 0);
  return { rows: sum('rows'), bytes: sum('bytes') };
}

function refusal(message: string, hint: string): CassandraFailure {
  return new CassandraFailure({ code: 'storage_failed', message, hint, retryable: false });
}
