import 'server-only';
import type { PageColumn } from '@/lib/cassandra/read/pages';
import type { Compression } from '@/lib/contract/exports';
import type { JobPart } from '@/lib/contract/jobs';
import { partOf } from '@/lib/jobs/work-directory';
import { partName } from '@/lib/jobs/work-state';
import type { ScanPage } from '@/lib/scan/scan';
import { type FileFormat, fileExtension, rowWriter } from '@/lib/wire/row-writer';
import { Lanes } from './lanes';
import type { Part, PartHost } from './part';
import { canSettle } from './part-file';
import type { PartState, TokenSpan } from './parts-state';
import { rowLimit } from './write-file';

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
  readonly #host: PartHost;
  readonly #onFailure: (error: unknown) => void;
  /** The file that each lane is filling. */
  #open: (Part | undefined)[] = [];
  /** What each lane does, one thing after another. */
  readonly #turns: Promise<void>[] = [];
  /** Pages that were taken and are not written. */
  #unwritten = 0;
  #wake: () => void = () => undefined;
  /** Why nothing more is written. */
  #ended: { readonly reason: unknown } | null = null;
  #done: PartState[] = [];
  #nextNumber = 1;
  #columns: readonly PageColumn[] = [];

  /** @param onFailure called when rows cannot be written, perhaps after `add` has taken them */
  constructor(kind: PartsKind, host: PartHost, onFailure: (error: unknown) => void) {
    this.#kind = kind;
    this.#host = host;
    this.#onFailure = onFailure;
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
    for (const part of unfinished) {
      this.#open.push(
        await this.#host.reopen({ ...this.#kind, columns, rowLimit: rowLimit() }, part, this.#open.length),
      );
    }
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

  /**
   * Takes a page; resolves when another may follow: on this thread once its rows are written.
   * @param range the range of the page's piece
   * @param onWritten called when the page is no longer needed, however that ends
   * @throws why this page or an earlier one could not be written
   */
  async add(page: ScanPage, range: TokenSpan, onWritten: () => void = () => undefined): Promise<void> {
    const lane = this.#lanes.laneOf(page.piece);
    if (page.last) this.#lanes.leave(page.piece);
    const written = page.rows === 0 ? Promise.resolve() : this.#inTurn(lane, () => this.#write(lane, page, range));
    this.#unwritten++;
    written.catch(this.#onFailure).finally(() => {
      this.#unwritten--;
      onWritten();
      this.#wake();
    });
    while (this.#unwritten > this.#host.pagesAhead) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#ended !== null) throw this.#ended.reason;
  }

  async #write(lane: number, page: ScanPage, range: TokenSpan): Promise<void> {
    const part = await this.#partOf(lane);
    await part.add(page, range);
    if (part.bytes >= this.#kind.partBytes) await this.#finish(lane);
  }

  /** Does it after everything else in the lane, unless that failed. */
  #inTurn(lane: number, work: () => Promise<void>): Promise<void> {
    const turn = (this.#turns[lane] ?? Promise.resolve()).then(() => {
      if (this.#ended !== null) throw this.#ended.reason;
      return work();
    });
    turn.catch((reason: unknown) => {
      this.#ended ??= { reason };
    });
    this.#turns[lane] = turn;
    return turn;
  }

  /** In all lanes, after their rows. @throws as {@link #written} */
  async #inEveryLane(work: (lane: number) => Promise<void>): Promise<void> {
    await this.#written();
    await Promise.allSettled(this.#open.map((_, lane) => this.#inTurn(lane, () => work(lane))));
    await this.#written();
  }

  /** Resolves when all lanes have done what they were given. @throws the first failure, once nothing is being written */
  async #written(): Promise<void> {
    await Promise.allSettled(this.#turns);
    if (this.#ended !== null) throw this.#ended.reason;
  }

  /** Puts all rows into the files, and ends those whose format cannot be continued. */
  async settle(): Promise<PartState[]> {
    if (!this.#canSettle) return this.finish();
    const open: PartState[] = [];
    await this.#inEveryLane(async (lane) => {
      const part = this.#open[lane];
      if (part !== undefined) open.push(await part.settle());
    });
    return [...this.#done, ...open];
  }

  /** Ends all parts. Even an export of no rows makes a file: a header, or whatever its format requires. */
  async finishAll(): Promise<PartState[]> {
    await this.#written();
    if (this.#done.length === 0 && this.#open.every((part) => part === undefined)) await this.#partOf(0);
    return this.finish();
  }

  async finish(): Promise<PartState[]> {
    await this.#inEveryLane((lane) => this.#finish(lane));
    return [...this.#done];
  }

  /** Syncs the open files to disk. */
  async sync(): Promise<void> {
    await Promise.all(this.#open.map((part) => part?.sync()));
  }

  /** Closes the open files as they are; rows that still wait are dropped. When it resolves, nothing is being written. */
  async close(): Promise<void> {
    this.#ended ??= { reason: new Error('the parts are closed') };
    await Promise.allSettled(this.#turns);
    await Promise.all(this.#open.map((part) => part?.close()));
    await this.#host.close();
  }

  async #partOf(lane: number): Promise<Part> {
    const open = this.#open[lane];
    if (open !== undefined) return open;
    const { format, compression } = this.#kind;
    const name = partName(this.#nextNumber++, fileExtension(format.format, compression));
    const part = await this.#host.create({ ...this.#kind, columns: this.#columns, rowLimit: rowLimit() }, name, lane);
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
