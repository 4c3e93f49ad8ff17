import 'server-only';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { JobPart, ManyCounts } from '@/lib/contract/jobs';
import type { LoadStanding } from '@/lib/contract/load-standing';
import type { Compared, Copied } from '@/lib/contract/move-counts';
import type { SparkProgress } from '@/lib/contract/spark-progress';
import { Failure } from '@/lib/failure';
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

/** What a kind must put into its manifest; the rest is worked out, or up to the kind. */
type ManifestFacts = Pick<Manifest, 'isComplete' | 'startedAt'> & {
  readonly warnings: readonly string[];
  readonly parts: readonly Manifest['parts'][number][];
};

export interface Work<State extends Checkpoint> {
  /** What the directory contains, as people read it: `export`. */
  readonly noun: string;
  /** A directory cannot be continued under other terms. */
  readonly terms: string;
  /** The schema of the kind's checkpoints. */
  readonly schema: z.ZodType<State>;
}

/** The directory of some work: its checkpoint, its manifest, and its part files on disk. */
export class WorkDirectory<State extends Checkpoint> {
  readonly #path: string;
  readonly #work: Work<State>;

  constructor(path: string, work: Work<State>) {
    this.#path = path;
    this.#work = work;
  }

  /**
   * Creates the directory and keeps others from writing into it.
   * @throws Failure `storage_failed` when another process is writing there
   */
  async hold(): Promise<DirectoryLock> {
    await mkdir(this.#path, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    return lockDirectory(this.#path);
  }

  /**
   * How far the work has got; null if it has not started. Removes anything written after the checkpoint.
   * @throws Failure when there are other files, or parts differ from the checkpoint
   */
  async load(): Promise<State | null> {
    const state = await readJson(join(this.#path, CHECKPOINT_FILE), this.#work.schema);
    if (state === null) {
      await this.#checkEmpty();
      return null;
    }
    if (state.terms !== this.#work.terms) {
      throw refusal(
        `${this.#path} contains a different ${this.#work.noun}, or one with other options.`,
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

  /** @throws Failure when the file is shorter than it was, or was complete and has another length */
  async #cut({ name, bytes, isComplete }: PartState): Promise<void> {
    const path = join(this.#path, name);
    const size = await lstat(path).then(
      (found) => found.size,
      () => -1,
    );
    if (size === bytes) return;
    if (size < bytes || isComplete) {
      const found = size === -1 ? 'is missing' : `has ${size} bytes instead of ${bytes}`;
      throw refusal(`The part ${name} ${found}.`, `Start a new ${this.#work.noun}.`);
    }
    const file = await openRegular(path, 'change');
    await file.truncate(bytes).finally(() => file.close());
  }

  save(state: State): Promise<void> {
    return writeJson(join(this.#path, CHECKPOINT_FILE), state);
  }

  /** @param facts including the kind's own; they may override those worked out from the parts */
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
    // Complete work is never continued.
    if (facts.isComplete) await rm(join(this.#path, CHECKPOINT_FILE), { force: true });
  }
}

/** The state of incomplete work; null if there is none. */
export function readCheckpoint<State>(directory: string, schema: z.ZodType<State>): Promise<State | null> {
  return readJson(join(directory, CHECKPOINT_FILE), schema);
}

/** What a directory contains; null if there is no work, or it has not started. */
export function readManifest<Facts>(directory: string, schema: z.ZodType<Facts>): Promise<Facts | null> {
  return readJson(join(directory, MANIFEST_FILE), schema);
}

/** How much of the work is done. */
export interface PartsDone {
  readonly rows: number;
  readonly bytes: number;
  readonly parts: readonly JobPart[];
  /** Of a job that changes rows. */
  readonly changes?: ManyCounts;
  /** Of a job that loads files. */
  readonly load?: LoadStanding;
  /** Of a job that runs on Spark. */
  readonly spark?: SparkProgress;
  /** Of a job that compares two tables. */
  readonly compared?: Compared;
  /** Of a job that copies rows. */
  readonly copied?: Copied;
}

/** How much work of any kind is done, judged by its parts. */
export async function readStanding(directory: string): Promise<PartsDone> {
  const checkpoint = await readCheckpoint(directory, checkpointSchema);
  if (checkpoint !== null) return standingOf(checkpoint.parts.map(partOf));
  const manifest = await readManifest(directory, manifestSchema);
  if (manifest === null) return standingOf([]);
  const { rows, bytes, parts } = manifest;
  return { rows, bytes, parts };
}

/** A part as others see it; its checksum is valid once it is complete. */
export function partOf({ name, rows, bytes, sha256, isComplete }: PartState): JobPart {
  return { name, rows, bytes, sha256: isComplete ? sha256 : null };
}

/** For work whose results are all in parts. */
export function standingOf(parts: readonly JobPart[]): PartsDone {
  return { ...sums(parts), parts };
}

function sums(parts: readonly Pick<JobPart, 'rows' | 'bytes'>[]) {
  const sum = (key: 'rows' | 'bytes') => parts.reduce((total, part) => total + part[key], 0);
  return { rows: sum('rows'), bytes: sum('bytes') };
}

function refusal(message: string, hint: string): Failure {
  return new Failure({ code: 'storage_failed', message, hint, retryable: false });
}
