import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { Client, Host, QueryOptions, types } from 'cassandra-driver';
import type { Consistency, SerialConsistency } from '@/lib/contract/common';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { consistencyCode, effectiveConsistency } from './consistency';
import { cqlTypeOf } from './driver-types';
import { toFailure } from './errors';
import { CassandraFailure } from './failure';
import { onceConnected } from './once-connected';
import { undecoded, undecodedRows } from './undecoded';

/** A column of a result, in the words of the rooms beyond the driver. */
export interface PageColumn {
  readonly name: string;
  readonly type: CqlType;
}

/** One page of a result, its rows undecoded. */
export interface Page {
  readonly rows: number;
  /** rows × columns cells from offset 0 on; what follows them must not be read. Empty when there are no rows. */
  readonly body: Buffer;
  /** Length of the answer's frame. */
  readonly frameBytes: number;
  /** Null when the statement gives no rows at all (a write, a schema change). */
  readonly columns: readonly PageColumn[] | null;
  readonly pagingState: Buffer | null;
  /** `host:port` of the node that answered. */
  readonly coordinator: string;
  readonly consistency: Consistency;
  readonly warnings: readonly string[];
  readonly traceId: string | null;
  /** From asking to having the page. */
  readonly elapsedMs: number;
}

/** As `pageRows`: the whole result as one page. */
export const UNPAGED = 0;

export interface PageRequest {
  readonly statement: string;
  /** Encoded values of the bind markers; null runs the statement unprepared. */
  readonly params: readonly (Buffer | null)[] | null;
  readonly consistency: Consistency;
  readonly serialConsistency?: SerialConsistency | undefined;
  readonly pageRows: number;
  /** Of the first page; absent: `pageRows`. */
  readonly firstPageRows?: number | undefined;
  /** Pages at most; 0: to the end. */
  readonly maxPages: number;
  readonly pagingState: Buffer | null;
  /** For each page. */
  readonly timeoutMs: number;
  readonly trace: boolean;
  /** May the driver send it again to another node? Reads only. */
  readonly idempotent: boolean;
  readonly host?: Host | undefined;
  readonly executionProfile?: string | undefined;
  /** Stops the read: no further page is asked of Cassandra, and the page under way is dropped when it comes. */
  readonly signal: AbortSignal;
}

/**
 * The pages of a statement's result, one after another. While the reader works on a page the next one is under way:
 * one page of prefetch, no more. The end is where the paging state ends, never where a page is short or empty.
 * @throws CassandraFailure; `schema_changed` when a page's columns are not those of the page before;
 *   the signal's reason once it is aborted
 */
export async function* readPages(client: Client, request: PageRequest): AsyncGenerator<Page, void, undefined> {
  const { maxPages, signal, pageRows, firstPageRows = pageRows } = request;
  const columns = new ColumnMemory();
  let pending = askForPage(client, { ...request, pageRows: firstPageRows }, request.pagingState, columns);
  for (let count = 1; ; count++) {
    const page = await orAborted(pending, signal);
    const isLast = page.pagingState === null || (maxPages !== 0 && count >= maxPages);
    if (!isLast) pending = askForPage(client, request, page.pagingState, columns);
    yield page;
    if (isLast) return;
  }
}

/**
 * A page that may fail before anybody waits for it, or when nobody does any more: whoever does is told, and without
 * him it is no unhandled rejection, which would end the process.
 */
function askForPage(
  client: Client,
  request: PageRequest,
  pagingState: Buffer | null,
  columns: ColumnMemory,
): Promise<Page> {
  const page = readPage(client, { ...request, pagingState }, columns);
  page.catch(() => undefined);
  return page;
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

/** A result's columns as one text: two results with the same text have the same columns in the same order. */
export function columnFingerprint(columns: readonly PageColumn[]): string {
  return JSON.stringify(columns.map(({ name, type }) => [name, formatCqlType(type)]));
}

/**
 * One page: the only place where rows are asked of Cassandra.
 * @throws CassandraFailure; the signal's reason when it is aborted before anything is asked
 */
export async function readPage(client: Client, request: PageRequest, columns: ColumnMemory): Promise<Page> {
  request.signal.throwIfAborted();
  const startedAt = performance.now();
  try {
    const params = request.params === null ? [] : [...request.params];
    const ask = () => client.execute(request.statement, params, queryOptions(request));
    const result = await onceConnected(ask);
    return toPage(result, request, columns, performance.now() - startedAt);
  } catch (error) {
    throw toFailure(error);
  }
}

function queryOptions(request: PageRequest): QueryOptions {
  return undecoded({
    prepare: request.params !== null,
    fetchSize: request.pageRows,
    consistency: consistencyCode(request.consistency),
    readTimeout: request.timeoutMs,
    isIdempotent: request.idempotent,
    traceQuery: request.trace,
    ...(request.pagingState === null ? {} : { pageState: request.pagingState }),
    ...(request.serialConsistency === undefined
      ? {}
      : { serialConsistency: consistencyCode(request.serialConsistency) }),
    ...(request.host === undefined ? {} : { host: request.host }),
    ...(request.executionProfile === undefined ? {} : { executionProfile: request.executionProfile }),
  });
}

function toPage(result: types.ResultSet, request: PageRequest, columns: ColumnMemory, elapsedMs: number): Page {
  const rows = undecodedRows(result.rows);
  const pagingState: unknown = Reflect.get(result, 'rawPageState');
  const warnings = result.info.warnings ?? [];
  return {
    rows: rows?.rows ?? 0,
    body: rows?.body ?? Buffer.alloc(0),
    frameBytes: rows?.frameBytes ?? 0,
    columns: columns.check(result.columns),
    pagingState: Buffer.isBuffer(pagingState) ? pagingState : null,
    coordinator: result.info.queriedHost,
    consistency: effectiveConsistency(request.consistency, warnings),
    warnings,
    traceId: result.info.traceId ? String(result.info.traceId) : null,
    elapsedMs,
  };
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

/** What `promise` comes to, or the signal's reason when that is aborted before. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
