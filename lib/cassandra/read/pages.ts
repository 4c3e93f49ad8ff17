import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { Client } from 'cassandra-driver';
import { fullTypeText } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { cellLength } from '@/lib/wire/plan';
import { type Answer, ask, orAborted, type StatementRequest, UNPAGED } from '../client/answer';
import { cqlTypeOf } from '../client/driver-types';
import { CassandraFailure } from '../client/failure';
import type { BudgetReader } from './budget';
import { type LearnedRows, PageSizer, TARGET_PAGE_BYTES } from './page-sizer';

/** A column of a result, in the words of the rooms beyond the driver. */
export interface PageColumn {
  readonly name: string;
  readonly type: CqlType;
}

/** One page of a result, its rows undecoded. */
export interface Page extends Answer {
  /** What the read knows of its rows by now. */
  readonly learned?: LearnedRows | null | undefined;
}

/** As much of a page as is held at a time. */
export interface PagePart extends Page {
  /** The page has no more rows. */
  readonly endsPage: boolean;
}

/** What a page is asked for with, wherever it is in its read. `timeoutMs` is for each request to Cassandra. */
interface Asked extends StatementRequest {
  /** Whose turn it takes among all reads of the cluster. */
  readonly reader: BudgetReader;
}

/** One request to Cassandra. */
export interface PartRequest extends Asked {
  /** Bytes that it is expected to hold; null where that is not known. */
  readonly expectedBytes: number | null;
}

export interface PageRequest extends Asked {
  /** Of the first page; absent: `pageRows`. */
  readonly firstPageRows?: number | undefined;
  /** Pages at most; 0: to the end. */
  readonly maxPages: number;
  /** The most rows that one request may ask for with a paging state; absent: `pageRows`. */
  readonly laterRows?: number | undefined;
  /** Rows of every request to Cassandra, where they cannot be chosen by what rows are like; {@link UNPAGED}: all. */
  readonly fixedRows?: number | undefined;
  readonly learned?: LearnedRows | undefined;
  /** Shared by reads of the same table; absent: one for this read. */
  readonly sizer?: PageSizer | undefined;
}

/** A page ends before it has the rows that it may have when it holds so much: whoever shows pages holds them whole. */
const MOST_PAGE_BYTES = 64 * 1024 * 1024;

/**
 * The pages of a statement's result, one after another. While the reader works on a page the next one is under way:
 * one page of prefetch, no more. The end is where the paging state ends, never where a page is short or empty.
 *
 * A page is asked of Cassandra in requests, small ones as long as the size of rows is not known. What they bring is
 * handed over about 1 MiB at a time: a page of large rows comes in parts, and is never held as a whole.
 * @throws CassandraFailure; `schema_changed` when a page's columns are not those of the page before;
 *   the signal's reason once it is aborted
 */
export async function* readPages(client: Client, request: PageRequest): AsyncGenerator<PagePart, void, undefined> {
  const { maxPages, signal, pageRows, firstPageRows = pageRows } = request;
  const left = new AbortController();
  const reader = new PartReader(client, { ...request, signal: AbortSignal.any([signal, left.signal]) });
  try {
    let pending = reader.begin(request.pagingState, firstPageRows);
    for (let [pages, bytes] = [0, 0]; ; ) {
      const { part, rowsLeft } = await orAborted(pending, signal);
      bytes += part.frameBytes;
      const endsPage = part.endsPage || bytes >= MOST_PAGE_BYTES;
      if (endsPage) [pages, bytes] = [pages + 1, 0];
      const isLast = part.pagingState === null || (endsPage && pages === maxPages);
      if (!isLast) pending = reader.begin(part.pagingState, endsPage ? pageRows : rowsLeft);
      yield { ...part, endsPage };
      if (isLast) return;
    }
  } finally {
    left.abort(new Error('the read has ended'));
  }
}

/** What has come, and how many rows its page may still have. */
interface Gathered {
  readonly part: PagePart;
  readonly rowsLeft: number;
}

/** Asks for what pages are made of, one request after another. */
class PartReader {
  readonly #client: Client;
  readonly #request: PageRequest;
  readonly #columns = new ColumnMemory();
  readonly #sizer: PageSizer;

  constructor(client: Client, request: PageRequest) {
    this.#client = client;
    this.#request = request;
    const { fixedRows, learned, timeoutMs, pageRows, firstPageRows = 0 } = request;
    const most = fixedRows ?? Math.max(pageRows, firstPageRows);
    const isFixed = fixedRows !== undefined;
    this.#sizer = request.sizer ?? new PageSizer(most, timeoutMs, { isFixed, learned });
  }

  /**
   * Gathers what may be held before anybody wants it. That may fail before anybody waits for it, or when nobody does any
   * more: without somebody who waits it is no unhandled rejection, which would end the process.
   */
  begin(from: Buffer | null, mostRows: number): Promise<Gathered> {
    const begun = this.#gather(from, mostRows);
    begun.catch(() => undefined);
    return begun;
  }

  async #gather(from: Buffer | null, mostRows: number): Promise<Gathered> {
    const answers: Page[] = [];
    let [rows, bytes, endsPage] = [0, 0, false];
    while (!endsPage && (answers.length === 0 || bytes < TARGET_PAGE_BYTES)) {
      const { page, askedRows } = await this.#part(answers.at(-1)?.pagingState ?? from, mostRows - rows);
      answers.push(page);
      rows += page.rows;
      bytes += page.frameBytes;
      endsPage = page.pagingState === null || page.rows < askedRows || rows >= mostRows;
    }
    return { part: { ...joined(answers), learned: this.#sizer.learned, endsPage }, rowsLeft: mostRows - rows };
  }

  async #part(pagingState: Buffer | null, mostRows: number): Promise<{ page: Page; askedRows: number }> {
    const { fixedRows, laterRows = mostRows } = this.#request;
    const sizer = this.#sizer;
    const most = pagingState === null ? mostRows : Math.min(mostRows, laterRows);
    const askedRows = fixedRows === UNPAGED ? UNPAGED : Math.min(sizer.rows, most);
    const expectedBytes = sizer.expectedBytes(askedRows);
    const request = { ...this.#request, pageRows: askedRows, pagingState, expectedBytes };
    const page = await readPage(this.#client, request, this.#columns);
    const { rows, frameBytes: bytes, elapsedMs } = page;
    sizer.seen({ askedRows, rows, bytes, elapsedMs });
    return { page, askedRows };
  }
}

/** Answers that follow one another as one. @throws WireError for one that does not follow the protocol */
function joined(parts: readonly Page[]): Page {
  const last = parts.at(-1);
  if (last === undefined) throw new Error('A part of a page has at least one answer.');
  if (parts.length === 1) return last;
  return {
    ...last,
    rows: sumOf(parts, 'rows'),
    body: Buffer.concat(parts.map(cellsOf)),
    frameBytes: sumOf(parts, 'frameBytes'),
    warnings: [...new Set(parts.flatMap(({ warnings }) => warnings))],
    elapsedMs: sumOf(parts, 'elapsedMs'),
  };
}

/** The body without what stands after its last cell. */
function cellsOf({ body, rows, columns }: Page): Buffer {
  let at = 0;
  for (let cells = rows * (columns?.length ?? 0); cells > 0; cells--) at += 4 + Math.max(0, cellLength(body, at));
  return body.subarray(0, at);
}

function sumOf(parts: readonly Page[], of: 'rows' | 'frameBytes' | 'elapsedMs'): number {
  return parts.reduce((sum, part) => sum + part[of], 0);
}

/**
 * The columns of a read: those of its first page, which every other page must have too. Pages are told apart by what the
 * driver made of their metadata, so that a page like the last one costs no more than a comparison, and all pages of a
 * read share one array.
 */
export class ColumnMemory {
  #told: unknown = null;
  #columns: readonly PageColumn[] | null = null;

  /** Null before the first page that has any. */
  get columns(): readonly PageColumn[] | null {
    return this.#columns;
  }

  /** @throws CassandraFailure `schema_changed` naming the first column that differs */
  check(told: unknown): readonly PageColumn[] | null {
    if (!Array.isArray(told)) return null;
    if (this.#columns !== null && isDeepStrictEqual(told, this.#told)) return this.#columns;
    const columns = told.map(({ name, type }): PageColumn => ({ name: String(name), type: cqlTypeOf(type) }));
    if (this.#columns !== null) checkSame(this.#columns, columns);
    this.#told = told;
    this.#columns ??= columns;
    return this.#columns;
  }
}

/**
 * A result's columns as one text: two results with the same text have the same columns in the same order, the fields of
 * user-defined types included, wherever in a column's type they stand.
 */
export function columnFingerprint(columns: readonly PageColumn[]): string {
  return JSON.stringify(columns.map(({ name, type }) => [name, fullTypeText(type)]));
}

/** A read may be sent again, to another node too. */
const READ = { isIdempotent: true } as const;

/**
 * One request for rows: the only place where they are asked of Cassandra. It waits for its turn among all reads of the
 * cluster.
 * @throws CassandraFailure; the signal's reason when it is aborted before anything is asked
 */
export function readPage(client: Client, request: PartRequest, columns: ColumnMemory): Promise<Page> {
  const { reader, expectedBytes, signal } = request;
  return reader.page(expectedBytes, signal, () => ask(client, request, READ, (told) => columns.check(told)));
}

/** @throws CassandraFailure naming the first column that differs */
function checkSame(columns: readonly PageColumn[], others: readonly PageColumn[]): void {
  const [expected, actual] = [columnFingerprint(columns), columnFingerprint(others)];
  if (expected === actual) return;
  throw new CassandraFailure({
    code: 'schema_changed',
    message: `The table changed while it was read: ${differenceOf(expected, actual)}.`,
    hint: 'What was read so far is right. Start again to read with the new columns.',
    retryable: false,
  });
}

function differenceOf(expected: string, actual: string): string {
  const before = new Map<string, string>(JSON.parse(expected));
  const after = new Map<string, string>(JSON.parse(actual));
  for (const [name, type] of after) {
    const earlier = before.get(name);
    if (earlier === undefined) return `column ${name} (${type}) is new`;
    if (earlier !== type) return `column ${name} was ${earlier} and is now ${type}`;
  }
  for (const [name] of before) if (!after.has(name)) return `column ${name} is gone`;
  return 'its columns stand in another order';
}
