import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { Client } from 'cassandra-driver';
import { fullTypeText } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { type MaskedAs, maskedRows } from '@/lib/wire/masked-rows';
import { cellLength } from '@/lib/wire/plan';
import { Failure } from '../../failure';
import { type Answer, ask, orAborted, type StatementRequest, UNPAGED } from '../client/answer';
import { cqlTypeOf } from '../client/driver-types';
import type { BudgetReader } from './budget';
import { type LearnedRows, PageSizer, TARGET_PAGE_BYTES } from './page-sizer';
import { RowAllowance } from './row-allowance';

/** A column of a result, without the driver's types. */
export interface PageColumn {
  readonly name: string;
  readonly type: CqlType;
}

/** How the values of a result's column are shown; null: as they are. */
export type ResultMask = (column: string) => { readonly as: MaskedAs } | null;

/** One page of a result, with undecoded rows. */
export interface Page extends Answer {
  /** What the read has learned about its rows so far. */
  readonly learned?: LearnedRows | null | undefined;
}

/** The part of a page that is held at a time. */
export interface PagePart extends Page {
  /** The page has no more rows. */
  readonly endsPage: boolean;
}

/** The options shared by all pages of a read. `timeoutMs` is for each request to Cassandra. */
interface ReadRequest extends StatementRequest {
  /** The reader whose turn it takes among all reads of the cluster. */
  readonly reader: BudgetReader;
}

/** One request to Cassandra. */
export interface PartRequest extends ReadRequest {
  /** Its expected bytes; null if unknown. */
  readonly expectedBytes: number | null;
}

export interface PageRequest extends ReadRequest {
  /** Rows of the first page; default: `pageRows`. */
  readonly firstPageRows?: number | undefined;
  /** Maximum number of pages; 0: all. */
  readonly maxPages: number;
  /** The most rows per request with a paging state; default: `pageRows`. */
  readonly laterRows?: number | undefined;
  /** Rows of every request, if they cannot be adapted to the size of rows; {@link UNPAGED}: all. */
  readonly fixedRows?: number | undefined;
  readonly learned?: LearnedRows | undefined;
  /** Shared by reads of the same table; by default this read has its own. */
  readonly sizer?: PageSizer | undefined;
  /** Default: every value is shown. */
  readonly mask?: ResultMask | undefined;
  /** Rows that the read has given before; absent: its rows are not what it gives, and no limit of rows holds. */
  readonly givenRows?: number | undefined;
}

/** A page this large ends before it has all its rows, because the page in the browser holds it whole. */
const MOST_PAGE_BYTES = 64 * 1024 * 1024;

/**
 * The pages of a statement's result in order. While the reader works on a page the next one is fetched: one page of
 * prefetch, no more. The end is where the paging state ends, never where a page is short or empty.
 *
 * A page is read in several requests, small ones while the size of rows is unknown. Their rows are handed over about
 * 1 MiB at a time: a page of large rows arrives in parts, and is never held as a whole.
 * @throws Failure; `schema_changed` when a page's columns differ from those of the page before; `limit_reached` after
 *   the last row that the reader may have, if there are more; the signal's reason once it is aborted
 */
export async function* readPages(client: Client, request: PageRequest): AsyncGenerator<PagePart, void, undefined> {
  const { maxPages, signal, pageRows, firstPageRows = pageRows } = request;
  const left = new AbortController();
  const reader = new PartReader(client, { ...request, signal: AbortSignal.any([signal, left.signal]) });
  try {
    let pending = reader.begin(request.pagingState, firstPageRows);
    for (let [pages, bytes] = [0, 0]; ; ) {
      const { part, rowsLeft, limit } = await orAborted(pending, signal);
      if (limit !== null) {
        if (part.rows > 0) yield part;
        throw limit;
      }
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

/** What has arrived, and how many more rows its page may have. */
interface Gathered {
  readonly part: PagePart;
  readonly rowsLeft: number;
  /** There are more rows than the reader may have; null: not that is known. */
  readonly limit: Failure | null;
}

/** Requests the parts of pages, one after another. */
class PartReader {
  readonly #client: Client;
  readonly #request: PageRequest;
  readonly #columns: ColumnMemory;
  readonly #sizer: PageSizer;
  readonly #given: RowAllowance;

  constructor(client: Client, request: PageRequest) {
    this.#client = client;
    this.#request = request;
    const { reader, givenRows } = request;
    this.#given = new RowAllowance(givenRows === undefined ? undefined : reader.limits.rows, givenRows);
    const { fixedRows, learned, timeoutMs, pageRows, firstPageRows = 0, mask } = request;
    this.#columns = new ColumnMemory(mask);
    // No page is larger than one second's limit, or the wait after it would show no progress.
    const second = reader.limits.rowsPerSecond?.most ?? Number.POSITIVE_INFINITY;
    const most = fixedRows ?? Math.min(Math.max(pageRows, firstPageRows), second);
    const isFixed = fixedRows !== undefined;
    this.#sizer = request.sizer ?? new PageSizer(most, timeoutMs, { isFixed, learned });
  }

  /**
   * Prefetches as much as may be held. If that fails before anyone awaits it, or after the reader has left, it must not
   * be an unhandled rejection, which would end the process.
   */
  begin(from: Buffer | null, mostRows: number): Promise<Gathered> {
    const begun = this.#gather(from, mostRows);
    begun.catch(() => undefined);
    return begun;
  }

  async #gather(from: Buffer | null, mostRows: number): Promise<Gathered> {
    const answers: Page[] = [];
    let [rows, bytes, endsPage] = [0, 0, false];
    let limit: Failure | null = null;
    while (!endsPage && (answers.length === 0 || bytes < TARGET_PAGE_BYTES)) {
      const state = answers.at(-1)?.pagingState ?? from;
      const { page, askedRows } = await this.#part(state, mostRows - rows);
      const given = this.#given.take(page, state);
      limit = given.limit;
      answers.push(given.page);
      rows += given.page.rows;
      bytes += page.frameBytes;
      endsPage = limit !== null || page.pagingState === null || page.rows < askedRows || rows >= mostRows;
    }
    const part = { ...joined(answers), learned: this.#sizer.learned, endsPage };
    return { part, rowsLeft: mostRows - rows, limit };
  }

  async #part(pagingState: Buffer | null, mostRows: number): Promise<{ page: Page; askedRows: number }> {
    const { fixedRows, laterRows = mostRows } = this.#request;
    const sizer = this.#sizer;
    const most = pagingState === null ? mostRows : Math.min(mostRows, laterRows);
    const left = fixedRows === undefined ? this.#given.mostRows : Number.POSITIVE_INFINITY;
    const askedRows = fixedRows === UNPAGED ? UNPAGED : Math.min(sizer.rows, most, left);
    const expectedBytes = sizer.expectedBytes(askedRows);
    const request = { ...this.#request, pageRows: askedRows, pagingState, expectedBytes };
    const page = await readPage(this.#client, request, this.#columns);
    const { rows, frameBytes: bytes, elapsedMs } = page;
    sizer.seen({ askedRows, rows, bytes, elapsedMs });
    return { page, askedRows };
  }
}

/** Joins consecutive responses. @throws WireError for one that violates the protocol */
function joined(parts: readonly Page[]): Page {
  const last = parts.at(-1);
  if (last === undefined) throw new Error('A part of a page has at least one response.');
  if (parts.length === 1) return last;
  return {
    ...last,
    rows: sumOf(parts, 'rows'),
    body: Buffer.concat(parts.map(cellsOf)),
    frameBytes: sumOf(parts, 'frameBytes'),
    warnings: [...new Set(parts.flatMap(({ warnings }) => warnings))],
    elapsedMs: sumOf(parts, 'elapsedMs'),
    traces: parts.flatMap(({ traces }) => traces),
  };
}

/** The body without what follows its last cell. */
function cellsOf({ body, rows, columns }: Page): Buffer {
  let at = 0;
  for (let cells = rows * (columns?.length ?? 0); cells > 0; cells--) at += 4 + Math.max(0, cellLength(body, at));
  return body.subarray(0, at);
}

function sumOf(parts: readonly Page[], of: 'rows' | 'frameBytes' | 'elapsedMs'): number {
  return parts.reduce((sum, part) => sum + part[of], 0);
}

/**
 * The columns of a read: those of its first page, which every other page must have too. The metadata objects of the
 * driver are compared first, so that a page like the previous one costs only that comparison, and all pages of a read
 * share one array. They are what is shown: a column masked with dots is text.
 */
export class ColumnMemory {
  readonly #mask: ResultMask | undefined;
  #metadata: unknown = null;
  /** As Cassandra sends them. */
  #sent: readonly PageColumn[] | null = null;
  #columns: readonly PageColumn[] | null = null;
  #masks: readonly (MaskedAs | null)[] = [];

  constructor(mask?: ResultMask) {
    this.#mask = mask;
  }

  /** Null before the first page that has any. */
  get columns(): readonly PageColumn[] | null {
    return this.#columns;
  }

  /** The same page without the values of masked columns. */
  masked(page: Page): Page {
    if (this.#masks.every((mask) => mask === null)) return page;
    const { buffer, byteOffset, length } = maskedRows(page.body, page.rows, this.#masks);
    return { ...page, body: Buffer.from(buffer, byteOffset, length) };
  }

  /** @throws Failure `schema_changed` naming the first column that differs */
  check(metadata: unknown): readonly PageColumn[] | null {
    if (!Array.isArray(metadata)) return null;
    if (this.#columns !== null && isDeepStrictEqual(metadata, this.#metadata)) return this.#columns;
    const columns = metadata.map(({ name, type }): PageColumn => ({ name: String(name), type: cqlTypeOf(type) }));
    if (this.#sent !== null) checkSame(this.#sent, columns);
    this.#metadata = metadata;
    this.#sent ??= columns;
    this.#columns ??= this.#shown(columns);
    return this.#columns;
  }

  #shown(columns: readonly PageColumn[]): readonly PageColumn[] {
    this.#masks = columns.map(({ name }) => this.#mask?.(name)?.as ?? null);
    return columns.map((column, at) => (this.#masks[at] === 'dots' ? { ...column, type: TEXT } : column));
  }
}

/**
 * A result's columns as text: results with the same text have the same columns in the same order, including the fields
 * of user-defined types at any depth.
 */
export function columnFingerprint(columns: readonly PageColumn[]): string {
  return JSON.stringify(columns.map(({ name, type }) => [name, fullTypeText(type)]));
}

const TEXT: CqlType = { kind: 'native', name: 'text' };

/** A read may be retried, even on another node. */
const READ = { isIdempotent: true } as const;

/**
 * Sends one request for rows, and is the only place that does, so it is where columns are masked and limits are kept. It
 * waits for its turn among all reads of the cluster.
 * @throws Failure; the signal's reason when it is aborted before anything is sent
 */
export async function readPage(client: Client, request: PartRequest, columns: ColumnMemory): Promise<Page> {
  const { reader, expectedBytes, signal, pageRows } = request;
  const page = await reader.limited(pageRows, signal, () =>
    reader.page(expectedBytes, signal, () => ask(client, request, READ, (metadata) => columns.check(metadata))),
  );
  reader.take(page.rows, page.frameBytes);
  return columns.masked(page);
}

/** @throws Failure naming the first column that differs */
function checkSame(columns: readonly PageColumn[], others: readonly PageColumn[]): void {
  const [expected, actual] = [columnFingerprint(columns), columnFingerprint(others)];
  if (expected === actual) return;
  throw new Failure({
    code: 'schema_changed',
    message: `The table changed while it was read: ${differenceOf(expected, actual)}.`,
    hint: 'The rows read so far are correct. Start again to read with the new columns.',
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
  return 'its columns are in a different order';
}
