import 'server-only';
import type { PageColumn } from '@/lib/cassandra/read/pages';
import type { Compression } from '@/lib/contract/exports';
import type { JobPart } from '@/lib/contract/jobs';
import { partOf } from '@/lib/jobs/work-directory';
import { partName } from '@/lib/jobs/work-state';
import type { ScanPage } from '@/lib/scan/scan';
import { type FileFormat, fileExtension, rowWriter } from '@/lib/wire/row-writer';
import { Lanes } from './lanes';
import { canSettle, PartFile } from './part-file';
import type { PartState, TokenSpan } from './parts-state';

/** Files written in parallel. A Parquet file holds its row group in memory, and is ended at each checkpoint. */
const MOST_LANES = { settling: 8, whole: 3 } as const;

export interface PartsKind {
  readonly directory: string;
  readonly format: FileFormat;
  readonly compression: Compression;
  /** A part that has reached this size is ended, and the next one started. */
  readonly partBytes: number;
}

/** The parts of an export: the complete ones, and the one that each lane is filling. */
export class OpenParts {
  readonly #kind: PartsKind;
  readonly #canSettle: boolean;
  readonly #lanes: Lanes;
  /** The file that each lane is filling. */
  #open: (PartFile | undefined)[] = [];
  #done: PartState[] = [];
  #nextNumber = 1;
  #columns: readonly PageColumn[] = [];

  constructor(kind: PartsKind) {
    this.#kind = kind;
    this.#canSettle = canSettle(kind.format);
    this.#lanes = new Lanes(this.#canSettle ? MOST_LANES.settling : MOST_LANES.whole);
  }

  /** Parts that the checkpoint names, complete or not; new parts continue their numbers. */
  known(parts: readonly PartState[]): void {
    this.#open = [];
    this.#done = [...parts];
    this.#nextNumber = 1 + Math.max(0, ...parts.map(({ name }) => Number(/\d+/.exec(name)?.[0] ?? 0)));
  }

  /**
   * Opens the parts that can be continued.
   * @throws PlanError when the format cannot hold the columns, however few rows there are;
   *   Failure `storage_failed` when a part has changed
   */
  async open(columns: readonly PageColumn[]): Promise<void> {
    rowWriter(this.#kind.format, columns);
    this.#columns = columns;
    const unfinished = this.#done.filter(({ isComplete }) => !isComplete);
    this.#done = this.#done.filter(({ isComplete }) => isComplete);
    for (const part of unfinished) this.#open.push(await PartFile.reopen({ ...this.#kind, columns }, part));
  }

  get parts(): JobPart[] {
    const open = this.#open.flatMap((part) => (part ? [{ name: part.name, rows: part.rows, bytes: part.bytes }] : []));
    return [...this.#done.map(partOf), ...open.map((part) => ({ ...part, sha256: null }))].toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  }

  get done(): readonly PartState[] {
    return this.#done;
  }

  /** @param range the range of the page's piece */
  async add(page: ScanPage, range: TokenSpan): Promise<void> {
    const lane = this.#lanes.laneOf(page.piece);
    if (page.rows > 0) {
      const part = await this.#partOf(lane);
      await part.add(page, range);
      if (part.bytes >= this.#kind.partBytes) await this.#finish(lane);
    }
    if (page.last) this.#lanes.leave(page.piece);
  }

  /** Puts all rows into the files, and ends those whose format cannot be continued. */
  async settle(): Promise<PartState[]> {
    if (!this.#canSettle) return this.finish();
    const open: PartState[] = [];
    for (const part of this.#open) if (part !== undefined) open.push(await part.settle());
    return [...this.#done, ...open];
  }

  /** Ends all parts. Even an export of no rows makes a file: a header, or whatever its format requires. */
  async finishAll(): Promise<PartState[]> {
    if (this.#done.length === 0 && this.#open.every((part) => part === undefined)) await this.#partOf(0);
    return this.finish();
  }

  async finish(): Promise<PartState[]> {
    for (let lane = 0; lane < this.#open.length; lane++) await this.#finish(lane);
    return [...this.#done];
  }

  /** Syncs the open files to disk. */
  async sync(): Promise<void> {
    await Promise.all(this.#open.map((part) => part?.sync()));
  }

  /** Closes the open files as they are. */
  async close(): Promise<void> {
    await Promise.all(this.#open.map((part) => part?.close()));
  }

  async #partOf(lane: number): Promise<PartFile> {
    const open = this.#open[lane];
    if (open !== undefined) return open;
    const { format, compression } = this.#kind;
    const name = partName(this.#nextNumber++, fileExtension(format.format, compression));
    const part = await PartFile.create({ ...this.#kind, columns: this.#columns }, name);
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
}
