import 'server-only';
import type { PageColumn } from '@/lib/cassandra/read/pages';
import type { Compression } from '@/lib/contract/exports';
import type { RowLimit } from '@/lib/wire/page-steps';
import type { FileFormat } from '@/lib/wire/row-writer';
import type { PartState, TokenSpan } from './parts-state';

/** What all parts of an export share. */
export interface PartKind {
  readonly directory: string;
  readonly format: FileFormat;
  readonly compression: Compression;
  readonly columns: readonly PageColumn[];
  readonly rowLimit: RowLimit;
}

/** Undecoded rows of a page. */
export interface PageRows {
  readonly body: Uint8Array;
  readonly rows: number;
  /** Of the whole response. */
  readonly frameBytes: number;
}

/** A file of an export into a directory while rows are added to it. One call at a time, but for `sync`. */
export interface Part {
  readonly name: string;
  /** Of the pages whose `add` has resolved. */
  readonly rows: number;
  readonly bytes: number;
  /**
   * Resolves when the rows are written.
   * @param range the range of the page's piece
   * @throws WireError, ValueError naming row and column; errors of the system
   */
  add(page: PageRows, range: TokenSpan): Promise<void>;
  /** Puts all rows so far into the file, which can continue after them; only if its format can settle. */
  settle(): Promise<PartState>;
  /** Completes, syncs and closes the file. */
  finish(): Promise<PartState>;
  sync(): Promise<void>;
  /** Closes it as it is. */
  close(): Promise<void>;
}

/** Where the files of an export are written: on this thread or on others. */
export interface PartHost {
  /** How many pages may still be unwritten when the next is read; 0 where one thread does everything. */
  readonly pagesAhead: number;
  /**
   * @param lane parts of one lane are written one after another
   * @throws PlanError when the format cannot hold the columns
   */
  create(kind: PartKind, name: string, lane: number): Promise<Part>;
  /**
   * Continues from where the file was at the checkpoint.
   * @throws Failure `storage_failed` when the file has changed since
   */
  reopen(kind: PartKind, state: PartState, lane: number): Promise<Part>;
  /** After all parts are closed. */
  close(): Promise<void>;
}
