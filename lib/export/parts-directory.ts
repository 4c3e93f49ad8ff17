import 'server-only';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { LOCK_FILE } from '@/lib/jobs/directory-lock';
import { OWNER_ONLY_DIRECTORY, openRegular } from '@/lib/regular-file';
import { version } from '@/package.json';
import {
  CHECKPOINT_FILE,
  MANIFEST_FILE,
  type Manifest,
  manifestSchema,
  mergeRanges,
  PART_NAME,
  type PartState,
  type PartsState,
  partsStateSchema,
} from './parts-state';

/** What a job keeps beside its parts. */
export const JOB_FILE = 'job.json';

const OTHER_FILES: ReadonlySet<string> = new Set([LOCK_FILE, JOB_FILE, `${JOB_FILE}.tmp`, `${CHECKPOINT_FILE}.tmp`]);

type ManifestFacts = Omit<Manifest, 'version' | 'ringside' | 'rows' | 'bytes' | 'parts' | 'endedAt' | 'warnings'> & {
  readonly warnings: readonly string[];
  readonly parts: readonly PartState[];
};

/** The directory of an export: its checkpoint and manifest, and the part files as they are on the disk. */
export class PartsDirectory {
  readonly #path: string;
  readonly #terms: string;

  /** @param terms what the export is of: a directory is not gone on with under others */
  constructor(path: string, terms: string) {
    this.#path = path;
    this.#terms = terms;
  }

  async make(): Promise<void> {
    await mkdir(this.#path, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  }

  /**
   * Where the export stands. What was written behind the checkpoint is removed.
   * @throws CassandraFailure when there are other files, or parts are not what the checkpoint says
   */
  async load(): Promise<PartsState> {
    const state = await readJson(join(this.#path, CHECKPOINT_FILE), partsStateSchema);
    if (state === null) return this.#begin();
    if (state.terms !== this.#terms) {
      throw refusal(`${this.#path} holds another export, or one in another format.`, 'Choose another directory.');
    }
    const known = new Map(state.parts.map((part) => [part.name, part]));
    for (const name of await readdir(this.#path)) {
      if (PART_NAME.test(name) && !known.has(name)) await rm(join(this.#path, name));
    }
    for (const part of state.parts) await this.#cut(part);
    return state;
  }

  async #begin(): Promise<PartsState> {
    const others = (await readdir(this.#path)).filter((name) => !OTHER_FILES.has(name));
    if (others.length > 0) {
      throw refusal(
        `${this.#path} is not empty (${others.slice(0, 3).join(', ')}).`,
        'Choose a directory that is empty or does not exist.',
      );
    }
    const startedAt = new Date().toISOString();
    const state = this.state({ startedAt, scan: null, isScanned: false, parts: [] });
    await this.save(state);
    return state;
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
      throw refusal(`The part ${name} ${found}.`, 'It was changed or lost. Start the export anew.');
    }
    const file = await openRegular(path, 'change');
    await file.truncate(bytes).finally(() => file.close());
  }

  state(state: Omit<PartsState, 'version' | 'terms'>): PartsState {
    return { version: 1, terms: this.#terms, ...state };
  }

  save(state: PartsState): Promise<void> {
    return writeJson(join(this.#path, CHECKPOINT_FILE), state);
  }

  async writeManifest({ parts, warnings, ...facts }: ManifestFacts): Promise<void> {
    const sum = (key: 'rows' | 'bytes') => parts.reduce((total, part) => total + part[key], 0);
    const manifest: Manifest = {
      version: 1,
      ringside: version,
      ...facts,
      endedAt: facts.isComplete ? new Date().toISOString() : null,
      rows: sum('rows'),
      bytes: sum('bytes'),
      warnings: [...warnings],
      parts: parts
        .map(({ name, rows, bytes, sha256, ranges }) => ({ name, rows, bytes, sha256, ranges: mergeRanges(ranges) }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    };
    await writeJson(join(this.#path, MANIFEST_FILE), manifest);
    // A complete export is gone on with no more.
    if (facts.isComplete) await rm(join(this.#path, CHECKPOINT_FILE), { force: true });
  }
}

/** What a directory holds; null where there is no export, or one that has not begun. */
export function readManifest(directory: string): Promise<Manifest | null> {
  return readJson(join(directory, MANIFEST_FILE), manifestSchema);
}

/** The state of an export that is not complete; null where there is none. */
export function readPartsState(directory: string): Promise<PartsState | null> {
  return readJson(join(directory, CHECKPOINT_FILE), partsStateSchema);
}

function refusal(message: string, hint: string): CassandraFailure {
  return new CassandraFailure({ code: 'storage_failed', message, hint, retryable: false });
}
