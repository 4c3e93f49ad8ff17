import 'server-only';
import type { Client, Host } from 'cassandra-driver';
import type { HeaderFrame, PageFrame, ResultColumn } from '@/lib/contract/frames';
import type { Principal } from '@/lib/contract/principal';
import type { Table } from '@/lib/contract/schema';
import { laterPageRows, rowLimit } from '@/lib/cql/range-limit';
import { selectedColumns } from '@/lib/cql/selectors';
import { formatCqlType } from '@/lib/cql/type-text';
import type { ColumnMask } from '@/lib/rights/masks';
import { tokenOf } from '@/lib/ring/paging-state';
import { ringFraction } from '@/lib/ring/ranges';
import { Failure } from '../../failure';
import { UNPAGED } from '../client/answer';
import { NODE_LOCAL_PROFILE } from '../client/client-options';
import { beginRun, type Run, type RunPage, type RunPlan, tracedBy } from '../client/run';
import type { BudgetReader } from './budget';
import {
  type CursorPosition,
  type CursorScope,
  checkCursorColumns,
  columnsHash,
  decodeCursor,
  encodeCursor,
} from './cursors';
import { explainedFailure } from './filter-refusal';
import { type Page, type PageColumn, type PagePart, type PageRequest, readPages } from './pages';

/** A part of a page, with the page's frame in case the page ends here. */
export interface ReadPage extends PagePart {
  readonly frame: PageFrame;
}

/** A read of a SELECT, or of another statement that changes nothing. */
export interface Read extends Run {
  readonly pages: AsyncIterable<ReadPage, void>;
}

/** Everything that decides a read, worked out before anything is requested from Cassandra. */
export interface ReadPlan extends RunPlan {
  /** The table that is read, if known. */
  readonly table: Table | undefined;
  /** Where on the ring the read starts and ends; null: the whole ring. */
  readonly range: { readonly from: bigint; readonly to: bigint } | null;
  readonly pageRows: number;
  /** Rows of the first page of a read without a cursor; default: like the others. */
  readonly firstPageRows?: number | undefined;
  readonly maxPages: number;
  readonly cursor: string | undefined;
  /** The reader whose turns its pages take, if the caller wants to see it wait; by default the read has its own. */
  readonly reader?: BudgetReader | undefined;
  /** What its reader may not see of its columns; undefined: nothing is masked. */
  readonly mask?: ((column: string) => ColumnMask | null) | undefined;
}

/**
 * Starts a read: connects, checks the cursor, and gives the pages, each with its position.
 * @param principal whose cursors it accepts and issues
 * @param signals any of them stops the read
 * @throws Failure `cursor_refused`, `cluster_unreachable`
 */
export async function openRead(plan: ReadPlan, principal: Principal, ...signals: AbortSignal[]): Promise<Read> {
  if (plan.classification.isWrite)
    throw new Error('A statement that writes must not be read, because reads are retried.');
  const { client, signal, hold, ...run } = await beginRun(plan, signals);
  const scope = scopeOf(plan, principal);
  const start = plan.cursor === undefined ? null : decodeCursor(scope, plan.cursor);
  const reader = plan.reader ?? plan.cluster.reads.reader();
  const request = pageRequest(plan, { start, signal, reader, host: nodeFor(plan, client, start?.node ?? null) });
  return {
    ...run,
    signal,
    isRead: true,
    pages: placedPages(client, plan, { request, scope, start, release: hold() }),
    header: (first) => headerOf(plan, first),
    resultKind: (last) => (last !== null && last.columns !== null ? 'rows' : 'void'),
    waitsFor: () => reader.waitsFor(),
  };
}

/** The scope of this read's cursors. */
export function scopeOf(
  { cluster, keyspace, statement, params, table }: RunPlan & { readonly table?: Table | undefined },
  principal: Principal,
): CursorScope {
  return {
    principal,
    cluster: cluster.name,
    keyspace: keyspace ?? null,
    statement,
    params,
    tableId: table?.id ?? null,
  };
}

interface Begun {
  readonly start: CursorPosition | null;
  readonly signal: AbortSignal;
  readonly reader: BudgetReader;
  readonly host: Host | undefined;
}

function pageRequest(plan: ReadPlan, { start, signal, reader, host }: Begun): PageRequest {
  const { statement, params, consistency, serialConsistency, maxPages, timeoutMs, trace, mask } = plan;
  const { pageRows, laterRows, fixedRows } = pagingOf(plan);
  return {
    statement,
    params,
    consistency,
    serialConsistency,
    reader,
    maxPages,
    timeoutMs,
    trace,
    mask,
    signal,
    laterRows,
    fixedRows,
    // The cursor's first page may have been smaller than the statement's LIMIT, which must not fit into one page now.
    pageRows: start === null ? pageRows : Math.min(pageRows, laterRows),
    firstPageRows: start === null ? plan.firstPageRows : undefined,
    pagingState: start?.pagingState ?? null,
    givenRows: start?.rows ?? 0,
    learned: start?.learned ?? undefined,
    ...(host === undefined ? {} : { host, executionProfile: NODE_LOCAL_PROFILE }),
  };
}

/** An aggregate hides the size of the rows it reads, so it reads them in pages of this many. */
const UNSEEN_ROWS = 100;

/** How a plan's rows may be divided into requests to Cassandra. */
export interface Paging {
  readonly pageRows: number;
  /** The most rows per request with a paging state. */
  readonly laterRows: number;
  /** Rows of every request, if they cannot be adapted to the size of rows. */
  readonly fixedRows: number | undefined;
}

/**
 * Requests may have any number of rows, except for statements that cannot be paged or have an unknown LIMIT, and for
 * aggregates, which read pages of that many rows inside the server but return one row.
 */
export function pagingOf({ statement, params, pageRows, classification }: ReadPlan): Paging {
  const { kind, pageable, order } = classification;
  if (pageRows === UNPAGED || kind !== 'select' || !pageable)
    return { pageRows, laterRows: pageRows, fixedRows: pageRows };
  const limit = rowLimit(statement, params);
  const isUnseen = order === 'none' || limit === 'unknown';
  const laterRows = laterPageRows(limit, pageRows);
  return { pageRows, laterRows, fixedRows: isUnseen ? Math.min(laterRows, UNSEEN_ROWS) : undefined };
}

/**
 * Node-local tables differ from node to node, and a paging state is valid only on its own node: all pages of such a read
 * come from one node. Undefined for every other read.
 * @param address the node that the read started on; null: it starts now
 * @throws Failure `cursor_refused` when that node is gone
 */
export function nodeFor(plan: ReadPlan, client: Client, address: string | null): Host | undefined {
  if (plan.classification.cost.scope !== 'one_node') return undefined;
  const hosts = client.hosts.values();
  if (address === null) return hosts.find((host) => host.isUp());
  const host = hosts.find((candidate) => candidate.address === address);
  if (host !== undefined) return host;
  throw new Failure({
    code: 'cursor_refused',
    message: `The node ${address}, which stores these rows, has left the cluster.`,
    hint: 'Start again to read the rows of another node.',
    retryable: false,
  });
}

interface Opening {
  readonly request: PageRequest;
  readonly scope: CursorScope;
  readonly start: CursorPosition | null;
  /** Releases the client. */
  readonly release: () => void;
}

async function* placedPages(client: Client, plan: ReadPlan, opening: Opening): AsyncGenerator<ReadPage, void> {
  const { request, scope, start, release } = opening;
  let [rows, index] = [start?.rows ?? 0, start?.pages ?? 0];
  let [isFirst, before] = [true, NOTHING];
  try {
    for await (const part of readPages(client, request)) {
      if (isFirst && start !== null && part.columns !== null) checkCursorColumns(start, part.columns);
      isFirst = false;
      rows += part.rows;
      const place = placeOf(plan, part);
      const node = request.host?.address ?? null;
      // A cursor can be read, and the size of a row says something of what is masked.
      const learned = plan.mask === undefined ? (part.learned ?? null) : null;
      const position = positionBehind(part, { rows, pages: index + 1, token: place.token, node, learned });
      const cursor = position === null ? null : encodeCursor(scope, position);
      const page = pageWith(before, { ...part, frameBytes: shownBytes(plan, part) });
      yield { ...part, frame: { ...page, index, totalRows: rows, ...place, cursor } };
      if (part.endsPage) index++;
      before = part.endsPage ? NOTHING : page;
    }
  } catch (error) {
    throw await explainedFailure(plan, error);
  } finally {
    release();
  }
}

/** The bytes of a page as its reader may know them: values that are masked do not count. */
export function shownBytes({ mask }: Pick<ReadPlan, 'mask'>, { body, frameBytes }: Page): number {
  return mask === undefined ? frameBytes : body.length;
}

type PageSums = Pick<PageFrame, 'rows' | 'bytes' | 'elapsedMs' | 'warnings' | 'traces'>;

const NOTHING: PageSums = { rows: 0, bytes: 0, elapsedMs: 0, warnings: [] };

/** The frame of a page, updated with one more part. */
function pageWith(before: PageSums, { rows, frameBytes, elapsedMs, coordinator, consistency, ...part }: PagePart) {
  return {
    rows: before.rows + rows,
    bytes: before.bytes + frameBytes,
    elapsedMs: before.elapsedMs + elapsedMs,
    coordinator,
    consistency,
    warnings: [...new Set([...before.warnings, ...part.warnings])],
    ...tracedBy([...(before.traces ?? []), ...part.traces]),
  };
}

function positionBehind(page: Page, place: Omit<CursorPosition, 'pagingState' | 'columns'>): CursorPosition | null {
  if (page.pagingState === null || page.columns === null) return null;
  return { ...place, pagingState: page.pagingState, columns: columnsHash(page.columns) };
}

/** Where on the ring a page ends, from the partition key in the paging state; only for reads in token order. */
function placeOf({ classification, range }: ReadPlan, page: Page): Pick<PageFrame, 'token' | 'ringFraction'> {
  if (!classification.ringProgress || page.columns === null) return { token: null, ringFraction: null };
  const knowsShare = range !== null || classification.cost.scope !== 'ring_share';
  // A scan in token order that cannot be split has a LIMIT, and we cannot know whether that or the ring ended it.
  const isWhole = knowsShare && classification.splittable;
  if (page.pagingState === null) return { token: null, ringFraction: isWhole ? 1 : null };
  const token = tokenOf(page.pagingState);
  if (token === null) return { token: null, ringFraction: null };
  const fraction = knowsShare ? ringFraction(token, range?.from, range?.to) : null;
  return { token: String(token), ringFraction: fraction };
}

/** A result's columns as they are, with the kind that the table gives them. */
export function headerOf(plan: ReadPlan, first: Pick<RunPage, 'columns' | 'consistency'>): HeaderFrame {
  const selected = selectedColumns(plan.statement);
  const columns = (first.columns ?? []).map((column, index) => {
    // In `SELECT count(*) AS id`, a column has the name of a table's column without being it.
    const isPlain = selected === undefined || selected[index] === column.name;
    const masked = plan.mask?.(column.name)?.role;
    if (masked === undefined) return resultColumn(column, isPlain ? plan.table : undefined);
    // What is shown is not the table's, so it can be neither edited nor filtered by.
    return { ...resultColumn(column, undefined), masked };
  });
  return { columns, consistency: first.consistency, statement: plan.shown };
}

function resultColumn({ name, type }: PageColumn, table: Table | undefined): ResultColumn {
  const kind = table?.columns.find((column) => column.name === name)?.kind ?? 'computed';
  return { name, type: formatCqlType(type), kind };
}
