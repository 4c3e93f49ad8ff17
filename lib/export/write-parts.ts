import 'server-only';
import type { Compression } from '@/lib/contract/exports';
import type { ScanProgress } from '@/lib/contract/scans';
import type { Failure } from '@/lib/failure';
import type { DirectoryLock } from '@/lib/jobs/directory-lock';
import { isSystemError, storageFailure } from '@/lib/jobs/storage-failure';
import { type PartsDone, standingOf, WorkDirectory } from '@/lib/jobs/work-directory';
import type { Scan } from '@/lib/scan/scan';
import type { FileFormat } from '@/lib/wire/row-writer';
import { exportFailure, withKept } from './failures';
import { OpenParts } from './open-parts';
import type { PartHost } from './part';
import { canSettle, HERE } from './part-file';
import { type Manifest, mergeRanges, type PartState, type PartsState, partsStateSchema, termsOf } from './parts-state';

const CHECKPOINT_EVERY_MS = { none: 2_000, compressed: 10_000, whole: 60_000 } as const;
/** A part that has reached this size is ended, and the next one started. */
const PART_BYTES = 512 * 1024 * 1024;

/** An export's facts for the manifest, besides its parts. */
export interface PartsAbout {
  readonly cluster: string;
  readonly title: string;
  readonly statement: string;
  readonly consistency: string;
  readonly schema: string | null;
  /** Columns whose values are masked in every part; absent without any. */
  readonly masked?: string[];
  readonly warnings: readonly string[];
}

export interface PartsOptions {
  /** Created if missing; must be empty, or hold an earlier run of the same export. */
  readonly directory: string;
  readonly format: FileFormat;
  readonly compression: Compression;
  readonly about: PartsAbout;
  /** Opens the scan, after `checkpoint` if there is one. Must stop it when `signal` is aborted. */
  readonly open: (checkpoint: string | undefined, signal: AbortSignal) => Promise<Scan>;
  readonly partBytes?: number | undefined;
  readonly checkpointEveryMs?: number | undefined;
  /** Where the parts are written; by default on this thread. Closed when the export ends. */
  readonly host?: PartHost | undefined;
}

export interface PartsProgress extends PartsDone {
  /** Null before the scan is open. */
  readonly scan: ScanProgress | null;
}

/**
 * Everything that a scan reads, as part files in a directory with `manifest.json` (rows, ranges and SHA-256 of each part,
 * schema, statement) and, until it is complete, `checkpoint.json`. Whatever ends it, even the end of the process,
 * another writer with the same options resumes after the last checkpoint without losing or repeating a row. CSV, NDJSON
 * and CQL continue in the same file (compressed: as another stream in it); JSON and Parquet files are ended at a
 * checkpoint, and new ones started.
 */
export class PartsWriter {
  readonly #options: PartsOptions;
  readonly #directory: WorkDirectory<PartsState>;
  readonly #terms: string;
  readonly #host: PartHost;
  readonly #parts: OpenParts;
  readonly #checkpointEveryMs: number;
  #startedAt = new Date().toISOString();
  #scan: Scan | null = null;
  /** The files differ from what the scan has handed over: they were not opened, or a page was added only in part. */
  #isTorn = true;
  /** The checkpoint being synced to disk while more rows are written. */
  #saving: Saving | null = null;

  constructor(options: PartsOptions) {
    this.#options = options;
    const { directory, format, compression, about, checkpointEveryMs, partBytes = PART_BYTES } = options;
    this.#terms = termsOf(about.cluster, about.statement, format, compression);
    this.#directory = new WorkDirectory(directory, { noun: 'export', terms: this.#terms, schema: partsStateSchema });
    this.#host = options.host ?? HERE;
    const onFailure = (error: unknown) => this.#scan?.abort(this.#meant(error));
    this.#parts = new OpenParts({ directory, format, compression, partBytes }, this.#host, onFailure);
    const pace = canSettle(format) ? (compression === 'none' ? 'none' : 'compressed') : 'whole';
    this.#checkpointEveryMs = checkpointEveryMs ?? CHECKPOINT_EVERY_MS[pace];
  }

  progress(): PartsProgress {
    return { ...standingOf(this.#parts.parts), scan: this.#scan?.progress() ?? null };
  }

  /**
   * Runs to the end, or until `signal` is aborted. However it ends, the directory matches its checkpoint exactly.
   * @throws the signal's reason; Failure: the scan's failure, `disk_full`, `storage_failed`
   */
  async run(signal: AbortSignal): Promise<void> {
    let lock: DirectoryLock | null = null;
    try {
      lock = await this.#stored(() => this.#directory.hold());
      const state = await this.#stored(() => this.#begin());
      if (!state.isScanned) await this.#scanAll(state, signal);
      await this.#stored(() => this.#writeManifest(this.#parts.done, true));
    } finally {
      await this.#parts.close();
      await lock?.release();
    }
  }

  /** The state on disk; an empty one if there is none. */
  async #begin(): Promise<PartsState> {
    const state = await this.#load();
    this.#parts.known(state.parts);
    this.#startedAt = state.startedAt;
    await this.#writeManifest(state.parts, false);
    return state;
  }

  async #load(): Promise<PartsState> {
    const found = await this.#directory.load();
    if (found !== null) return found;
    const state = this.#state({ scan: null, isScanned: false, parts: [] });
    await this.#directory.save(state);
    return state;
  }

  async #scanAll(state: PartsState, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const scan = await this.#options.open(state.scan ?? undefined, signal);
    this.#scan = scan;
    try {
      await this.#stored(() => this.#parts.open(scan.columns));
      this.#isTorn = false;
      await this.#addAll(scan);
      this.#isTorn = true;
      await this.#stored(() => this.#finish());
    } catch (error) {
      scan.abort(error);
      const failure = signal.aborted ? null : exportFailure(error);
      await this.#stored(() => this.#standStill(scan, failure));
      throw failure === null ? signal.reason : withKept(failure, this.progress().rows);
    }
  }

  async #addAll(scan: Scan): Promise<void> {
    let savedAt = performance.now();
    for await (const page of scan.pages) {
      this.#isTorn = true;
      const release = this.#host.pagesAhead > 0 ? scan.keep() : undefined;
      await this.#stored(() => this.#parts.add(page, spanOf(scan, page.piece), release));
      const now = performance.now();
      if (now - savedAt >= this.#checkpointEveryMs && this.#saving?.isOver !== false) {
        savedAt = now;
        await this.#stored(() => this.#save(scan));
      }
      this.#isTorn = false;
    }
  }

  /** Takes the checkpoint now, and syncs it to disk while more rows are written. */
  async #save(scan: Scan): Promise<void> {
    await this.#saving?.done;
    const parts = await this.#parts.settle();
    const state = this.#state({ scan: scan.checkpoint(), isScanned: false, parts });
    const write = async () => {
      await this.#parts.sync();
      await this.#directory.save(state);
    };
    this.#saving = new Saving(write());
  }

  async #finish(): Promise<void> {
    await this.#saving?.done;
    const parts = await this.#parts.finishAll();
    await this.#directory.save(this.#state({ scan: null, isScanned: true, parts }));
  }

  /**
   * Makes directory and checkpoint match. Between two pages all rows are kept; if a page was added only in part, or the
   * disk refuses, everything after the last checkpoint is dropped.
   * @param failure why; null: it was stopped
   */
  async #standStill(scan: Scan, failure: Failure | null): Promise<void> {
    if (!this.#isTorn) {
      // If this fails too, the checkpoint before it counts.
      await this.#save(scan).catch(() => undefined);
    }
    await this.#saving?.done.catch(() => undefined);
    await this.#parts.close();
    const state = await this.#load();
    this.#parts.known(state.parts);
    await this.#writeManifest(state.parts, false, failure).catch(() => undefined);
  }

  #state(state: Pick<PartsState, 'scan' | 'isScanned' | 'parts'>): PartsState {
    return { version: 1, terms: this.#terms, startedAt: this.#startedAt, ...state };
  }

  async #writeManifest(parts: readonly PartState[], isComplete: boolean, failure?: Failure | null): Promise<void> {
    const { about, format, compression } = this.#options;
    const facts = {
      ...about,
      isComplete,
      format: format.format,
      compression,
      startedAt: this.#startedAt,
      warnings: [...about.warnings],
      ...(failure ? { endedBy: { code: failure.error.code, message: failure.error.message } } : {}),
      parts: parts.map(({ isComplete: _, ranges, ...part }) => ({ ...part, ranges: mergeRanges(ranges) })),
    } satisfies Partial<Manifest>;
    await this.#directory.writeManifest(facts);
  }

  async #stored<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw this.#meant(error);
    }
  }

  #meant(error: unknown): unknown {
    return isSystemError(error) ? storageFailure(error, this.#options.directory) : error;
  }
}

/** A checkpoint being saved. */
class Saving {
  isOver = false;
  readonly done: Promise<void>;

  constructor(work: Promise<void>) {
    this.done = work.finally(() => {
      this.isOver = true;
    });
    // Whoever awaits `done` next sees the failure.
    this.done.catch(() => undefined);
  }
}

function spanOf(scan: Scan, piece: number) {
  const { from, to } = scan.pieces[piece] ?? { from: '', to: '' };
  return { from: String(from), to: String(to) };
}
