import 'server-only';
import type { Scan, ScanPage } from '@/lib/cassandra/scan';
import type { Compression } from '@/lib/contract/exports';
import type { JobPart } from '@/lib/contract/jobs';
import type { ScanProgress } from '@/lib/contract/scans';
import { type FileFormat, fileExtension } from '@/lib/wire/row-writer';
import { type DirectoryLock, lockDirectory } from './directory-lock';
import { exportFailure, isSystemError, storageFailure, withKept } from './failures';
import { Lanes } from './lanes';
import { canSettle, PartFile, type PartKind } from './part-file';
import { PartsDirectory } from './parts-directory';
import { type PartState, type PartsState, partName, termsOf } from './parts-state';

/** Files written side by side. One of Parquet holds its row group in memory, and is ended at each checkpoint. */
const MOST_LANES = { settling: 8, whole: 3 } as const;
const CHECKPOINT_EVERY_MS = { none: 2_000, compressed: 10_000, whole: 60_000 } as const;
/** A part that has grown so far is ended, and the next begun. */
const PART_BYTES = 512 * 1024 * 1024;

/** What the manifest says of an export, beside its parts. */
export interface PartsAbout {
  readonly cluster: string;
  readonly title: string;
  readonly statement: string;
  readonly consistency: string;
  readonly schema: string | null;
  readonly warnings: readonly string[];
}

export interface PartsOptions {
  /** Made when it is missing; must be empty, or what an export of the same terms left. */
  readonly directory: string;
  readonly format: FileFormat;
  readonly compression: Compression;
  readonly about: PartsAbout;
  /** Opens the scan, behind `checkpoint` where there is one. Must stop it when `signal` is aborted. */
  readonly open: (checkpoint: string | undefined, signal: AbortSignal) => Promise<Scan>;
  readonly partBytes?: number | undefined;
  readonly checkpointEveryMs?: number | undefined;
}

export interface PartsProgress {
  readonly rows: number;
  /** Of the parts' files. */
  readonly bytes: number;
  readonly parts: readonly JobPart[];
  /** Null before the scan is open. */
  readonly scan: ScanProgress | null;
}

/**
 * All that a scan finds, as part files in a directory with `manifest.json` (rows, ranges and SHA-256 of each part, schema,
 * statement) and, until it is complete, `checkpoint.json`. Whatever ends it, also the end of the process, another
 * writer with the same options goes on behind the last checkpoint and loses and repeats nothing. CSV, NDJSON and CQL
 * go on in the same file (compressed: as another stream in it); JSON and Parquet files are ended at a checkpoint, and the
 * next begun.
 */
export class PartsWriter {
  readonly #options: PartsOptions;
  readonly #directory: PartsDirectory;
  readonly #canSettle: boolean;
  readonly #checkpointEveryMs: number;
  readonly #lanes: Lanes;
  /** The file that each lane fills now. */
  readonly #open: (PartFile | undefined)[] = [];
  #done: PartState[] = [];
  #startedAt = new Date().toISOString();
  #nextNumber = 1;
  #scan: Scan | null = null;
  /** Rows were handed over that may not be in the files as a whole. */
  #isTorn = false;
  /** The checkpoint that is being made lasting, while rows go on. */
  #saving: Saving | null = null;

  constructor(options: PartsOptions) {
    this.#options = options;
    const { directory, format, compression, about, checkpointEveryMs } = options;
    const terms = termsOf(about.cluster, about.statement, format, compression);
    this.#directory = new PartsDirectory(directory, terms);
    this.#canSettle = canSettle(format);
    const pace = this.#canSettle ? (compression === 'none' ? 'none' : 'compressed') : 'whole';
    this.#checkpointEveryMs = checkpointEveryMs ?? CHECKPOINT_EVERY_MS[pace];
    this.#lanes = new Lanes(this.#canSettle ? MOST_LANES.settling : MOST_LANES.whole);
  }

  progress(): PartsProgress {
    const open = this.#open.flatMap((part) => (part ? [{ name: part.name, rows: part.rows, bytes: part.bytes }] : []));
    const parts: JobPart[] = [
      ...this.#done.map(({ name, rows, bytes, sha256, isComplete }) => {
        return { name, rows, bytes, sha256: isComplete ? sha256 : null };
      }),
      ...open.map((part) => ({ ...part, sha256: null })),
    ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const sum = (key: 'rows' | 'bytes') => parts.reduce((total, part) => total + part[key], 0);
    return { rows: sum('rows'), bytes: sum('bytes'), parts, scan: this.#scan?.progress() ?? null };
  }

  /**
   * Runs to the end, or until `signal` is aborted. However it ends, the directory holds exactly what its checkpoint says.
   * @throws the signal's reason; CassandraFailure what the scan failed with, `disk_full`, `storage_failed`
   */
  async run(signal: AbortSignal): Promise<void> {
    let lock: DirectoryLock | null = null;
    try {
      lock = await this.#stored(async () => {
        await this.#directory.make();
        return lockDirectory(this.#options.directory);
      });
      const state = await this.#stored(() => this.#begin());
      if (!state.isScanned) await this.#scanAll(state, signal);
      await this.#stored(() => this.#end());
    } finally {
      await Promise.all(this.#open.map((part) => part?.close()));
      await lock?.release();
    }
  }

  /** What is on the disk: an empty state where nothing is. */
  async #begin(): Promise<PartsState> {
    const state = await this.#directory.load();
    this.#done = state.parts.filter(({ isComplete }) => isComplete);
    this.#startedAt = state.startedAt;
    this.#nextNumber = 1 + Math.max(0, ...state.parts.map(({ name }) => Number(/\d+/.exec(name)?.[0] ?? 0)));
    await this.#directory.writeManifest(this.#manifestOf(state.parts, false));
    return state;
  }

  async #scanAll(state: PartsState, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const scan = await this.#options.open(state.scan ?? undefined, signal);
    this.#scan = scan;
    try {
      await this.#stored(() => this.#reopen(state));
      await this.#addAll(scan);
      await this.#stored(() => this.#finishAll(scan));
    } catch (error) {
      scan.abort(error);
      await this.#stored(() => this.#standStill(scan));
      throw signal.aborted ? signal.reason : withKept(exportFailure(error), this.progress().rows);
    }
  }

  async #reopen({ parts }: PartsState): Promise<void> {
    for (const part of parts.filter(({ isComplete }) => !isComplete)) {
      this.#open.push(await PartFile.reopen(this.#kind(), part));
    }
  }

  async #addAll(scan: Scan): Promise<void> {
    let savedAt = performance.now();
    for await (const page of scan.pages) {
      this.#isTorn = true;
      await this.#stored(() => this.#add(scan, page));
      const now = performance.now();
      if (now - savedAt >= this.#checkpointEveryMs && this.#saving?.isOver !== false) {
        savedAt = now;
        await this.#stored(() => this.#save(scan));
      }
      this.#isTorn = false;
    }
  }

  async #add(scan: Scan, page: ScanPage): Promise<void> {
    const lane = this.#lanes.laneOf(page.piece);
    if (page.rows > 0) {
      const part = await this.#partOf(lane);
      await part.add(page, spanOf(scan, page.piece));
      if (part.bytes >= (this.#options.partBytes ?? PART_BYTES)) await this.#finish(lane);
    }
    if (page.last) this.#lanes.leave(page.piece);
  }

  async #partOf(lane: number): Promise<PartFile> {
    const open = this.#open[lane];
    if (open !== undefined) return open;
    const { format, compression } = this.#options;
    const name = partName(this.#nextNumber++, fileExtension(format.format, compression));
    const part = await PartFile.create(this.#kind(), name);
    this.#open[lane] = part;
    return part;
  }

  async #finish(lane: number): Promise<void> {
    const part = this.#open[lane];
    if (part === undefined) return;
    const state = await part.finish();
    this.#open[lane] = undefined;
    this.#done.push(state);
  }

  /** Takes the checkpoint now, and makes it lasting while rows go on. */
  async #save(scan: Scan): Promise<void> {
    await this.#saving?.done;
    const state = await this.#settled(scan, false);
    const open = this.#open.filter((part) => part !== undefined);
    const write = async () => {
      await Promise.all(open.map((part) => part.sync()));
      await this.#directory.save(state);
    };
    this.#saving = new Saving(write());
  }

  async #settled(scan: Scan, isScanned: boolean): Promise<PartsState> {
    const parts: PartState[] = [];
    for (let lane = 0; lane < this.#open.length; lane++) {
      const part = this.#open[lane];
      if (part === undefined) continue;
      if (this.#canSettle && !isScanned) parts.push(await part.settle());
      else await this.#finish(lane);
    }
    const [startedAt, checkpoint] = [this.#startedAt, isScanned ? null : scan.checkpoint()];
    return this.#directory.state({ startedAt, scan: checkpoint, isScanned, parts: [...this.#done, ...parts] });
  }

  async #finishAll(scan: Scan): Promise<void> {
    this.#isTorn = true;
    // No rows at all are a file, too: with its header, or what makes it one of its format.
    if (this.#done.length === 0 && this.#open.every((part) => part === undefined)) await this.#partOf(0);
    await this.#saving?.done;
    await this.#directory.save(await this.#settled(scan, true));
  }

  /**
   * Brings directory and checkpoint together. Between two pages all rows are kept; where a page was added in part, or
   * the disk refuses, what is behind the last checkpoint is given up.
   */
  async #standStill(scan: Scan): Promise<void> {
    if (!this.#isTorn) {
      // Where this fails, too, the checkpoint before it counts.
      await this.#save(scan).catch(() => undefined);
    }
    await this.#saving?.done.catch(() => undefined);
    await Promise.all(this.#open.map((part) => part?.close()));
    const state = await this.#directory.load();
    this.#done = state.parts;
    this.#open.length = 0;
    await this.#directory.writeManifest(this.#manifestOf(state.parts, false)).catch(() => undefined);
  }

  async #end(): Promise<void> {
    await this.#directory.writeManifest(this.#manifestOf(this.#done, true));
  }

  #manifestOf(parts: readonly PartState[], isComplete: boolean) {
    const { about, format, compression } = this.#options;
    return { ...about, format: format.format, compression, startedAt: this.#startedAt, isComplete, parts };
  }

  #kind(): PartKind {
    const { directory, format, compression } = this.#options;
    return { directory, format, compression, columns: this.#scan?.columns ?? [] };
  }

  async #stored<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw isSystemError(error) ? storageFailure(error, this.#options.directory) : error;
    }
  }
}

/** A checkpoint on its way to the disk. */
class Saving {
  isOver = false;
  readonly done: Promise<void>;

  constructor(work: Promise<void>) {
    this.done = work.finally(() => {
      this.isOver = true;
    });
    // Whoever waits for it next is told.
    this.done.catch(() => undefined);
  }
}

function spanOf(scan: Scan, piece: number) {
  const { from, to } = scan.pieces[piece] ?? { from: '', to: '' };
  return { from: String(from), to: String(to) };
}
