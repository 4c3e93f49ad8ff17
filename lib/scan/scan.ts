import 'server-only';
import type { Client } from '@/lib/cassandra/client/driver';
import type { BudgetReader } from '@/lib/cassandra/read/budget';
import { checkCursorColumns, refused } from '@/lib/cassandra/read/cursors';
import { explainedFailure } from '@/lib/cassandra/read/filter-refusal';
import { ColumnMemory, type PageColumn, readPage } from '@/lib/cassandra/read/pages';
import { type ReadPlan, scopeOf } from '@/lib/cassandra/read/reads';
import type { Principal } from '@/lib/contract/principal';
import type { ScanLimits, ScanProgress } from '@/lib/contract/scans';
import { invalidRequest } from '@/lib/failure';
import { MAX_TOKEN } from '@/lib/ring/murmur3';
import { ScanBudget } from './budget';
import { begin, decodeCheckpoint, type ScanPosition } from './checkpoint';
import { ScanNodes } from './nodes';
import { Piece } from './piece';
import { ScanMeter } from './plan/meter';
import { Concurrency } from './plan/pace';
import type { ScanPiece } from './plan/pieces';
import { ScanRun } from './run';
import { type ScanSource, scanSource } from './source';
import { type ScanPage, ScanStream } from './stream';
import { ScanWarnings } from './warnings';

export type { ScanPage } from './stream';

/** Default bytes of pages held or in flight, over a whole scan. */
const DEFAULT_BUFFER_BYTES = 64 * 1024 * 1024;

export interface ScanOptions {
  /** Whose checkpoints it takes and gives. */
  readonly principal: Principal;
  readonly limits?: ScanLimits | undefined;
  /** Bytes of pages held or in flight. A single page may be larger, and is then read alone. */
  readonly bufferBytes?: number | undefined;
  /** A checkpoint of an earlier scan of the same plan: resumes after it, with its pieces. */
  readonly resume?: string | undefined;
  /** `ordered`: one piece, rows in the statement's own order. Default: `parallel` if the statement splits. */
  readonly pieces?: 'ordered' | 'parallel' | undefined;
  /**
   * Reads this piece alone, in order. It is for callers that cut the ring themselves, and watch the table over all of it:
   * see `cutRing`.
   */
  readonly only?: ScanPiece | undefined;
  /** False: its rows are counted or compared, and not given to anybody, so no limit of rows holds. Default: true. */
  readonly givesRows?: boolean | undefined;
}

/** A statement being read to its end, in parallel pieces if it splits. */
export interface Scan {
  /** A single one if the read does not split. */
  readonly pieces: readonly ScanPiece[];
  /** All pages share this array. */
  readonly columns: readonly PageColumn[];
  /**
   * Every page of every piece, once; pieces interleaved, the pages of one piece in order. Pull-driven: what is buffered
   * ahead of the reader is bounded. Leaving the loop ends the scan.
   * @throws Failure `ranges_failed` after the pages of all the other ranges, `schema_changed`, `table_truncated`,
   *   `limit_reached` where there are more rows than its reader may have, …
   */
  readonly pages: AsyncIterable<ScanPage, void>;
  /**
   * The page that was just handed over stays within the bound on what is buffered until the result is called, even when the
   * reader takes the next. Call it exactly once.
   */
  keep(): () => void;
  /** Of the pages handed over. */
  progress(): ScanProgress;
  /** Opaque, MAC-bound: covers the pages handed over so far, including the one the reader holds. */
  checkpoint(): string;
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
}

/** The progress of a scan whose first page has not arrived. */
export function progressBefore(reader: BudgetReader): ScanProgress {
  return {
    rows: 0,
    pages: 0,
    frameBytes: 0,
    ringFraction: null,
    ring: null,
    concurrency: 0,
    estimatedRows: null,
    rowsPerSecond: null,
    estimatedLeftMs: null,
    warnings: [],
    failures: [],
    waitsFor: reader.waitsFor(),
    ranges: { total: 0, done: 0, running: 0, retried: 0, failed: 0 },
  };
}

const [FEWEST_CONCURRENT, MOST_CONCURRENT, CONCURRENT_A_NODE] = [4, 48, 2];

/**
 * Starts reading all rows of a plan, ignoring its `maxPages` and `cursor`; its `pageRows` is the page's maximum. Resolves when
 * the first page has arrived.
 * @param signals any of them stops the scan
 * @throws Failure the first page's failure; `cursor_refused` for a checkpoint of another read, `table_truncated`
 *   if the table was truncated after the checkpoint
 */
export async function openScan(plan: ReadPlan, options: ScanOptions, ...signals: AbortSignal[]): Promise<Scan> {
  if (plan.classification.isWrite) throw invalidRequest('Only statements that read can be scanned.');
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, ...signals]);
  const client = await plan.cluster.client(plan.keyspace);
  const scope = scopeOf(plan, options.principal);
  const position = options.resume === undefined ? null : decodeCheckpoint(scope, options.resume);
  const release = plan.cluster.hold(client);
  signal.addEventListener('abort', release, { once: true });
  try {
    const reader = plan.reader ?? plan.cluster.reads.reader();
    const reading = await beginReading({ plan, client, reader, options, position, signal });
    return {
      pieces: reading.pieces,
      columns: reading.columns,
      pages: reading.pages(release),
      keep: () => reading.keep(),
      progress: () => reading.progress(),
      checkpoint: () => reading.checkpoint(scope),
      signal,
      abort: (reason) => controller.abort(reason),
    };
  } catch (error) {
    controller.abort(error);
    throw await explainedFailure(plan, error);
  }
}

interface Beginning {
  readonly plan: ReadPlan;
  readonly client: Client;
  readonly reader: BudgetReader;
  readonly options: ScanOptions;
  readonly position: ScanPosition | null;
  readonly signal: AbortSignal;
}

async function beginReading({ plan, client, reader, options, position, signal }: Beginning): Promise<ScanStream> {
  const { only } = options;
  const ordered = position === null ? options.pieces === 'ordered' || only !== undefined : position.pieces.length === 1;
  const { node = null, truncations = {} } = position ?? {};
  const unwatched = only !== undefined;
  const resumed = position !== null;
  const source = await scanSource(plan, client, { reader, ordered, resumed, node, truncations, unwatched });
  if (unwatched && !source.isRanged) throw invalidRequest('This read does not follow the ring, so it has no ranges.');
  const { limits = {}, bufferBytes: mostBytes = DEFAULT_BUFFER_BYTES, givesRows = only === undefined } = options;
  const limit = givesRows ? reader.limits.rows : undefined;
  const concurrency = new Concurrency(limits.maxConcurrency ?? mostConcurrent(source));
  const pieces =
    only === undefined ? piecesOf(source, position, concurrency.most) : [new Piece(0, only, [begin(only)])];
  const { hasFixedPages } = source;
  // No page is larger than one second's limit, or the wait after it would show no progress.
  const mostRows = Math.min(source.mostPageRows, reader.limits.rowsPerSecond?.most ?? source.mostPageRows);
  const leftRows = (limit?.most ?? Number.POSITIVE_INFINITY) - (position?.rows ?? 0);
  const bounds = { mostBytes, mostRows, hasFixedPages, timeoutMs: plan.timeoutMs, leftRows };
  const budget = new ScanBudget(limits, bounds, performance.now());
  const [nodes, warnings] = [new ScanNodes(source), new ScanWarnings()];
  const tellsToken = plan.classification.ringProgress;
  const run = new ScanRun({ plan, client, source, pieces, budget, nodes, concurrency, signal, tellsToken, warnings });
  const columns = await firstColumns({ plan, run, source, client, signal });
  if (position !== null) checkCursorColumns(position, columns);
  const meter = new ScanMeter(position ?? { rows: 0, pages: 0, frameBytes: 0 });
  return new ScanStream({ plan, source, pieces, run, reader, warnings, columns, meter, limit });
}

/** Enough pages in flight to keep every node busy, with a minimum for small clusters. */
function mostConcurrent({ nodes }: ScanSource): number {
  return Math.min(Math.max(nodes * CONCURRENT_A_NODE, FEWEST_CONCURRENT), MOST_CONCURRENT);
}

/** @throws Failure `cursor_refused` when the statement is no longer read as it was at the checkpoint */
function piecesOf(source: ScanSource, position: ScanPosition | null, workers: number): Piece[] {
  if (position === null) {
    return source.pieces(workers).map((piece, index) => new Piece(index, piece, [begin(piece)]));
  }
  if (position.isRanged !== source.isRanged) throw refused('The statement is now read differently.');
  const held = source.held(position.pieces.map(({ from, to }) => ({ from, to })));
  return held.map((piece, index) => new Piece(index, piece, position.pieces[index]?.left ?? []));
}

interface First {
  readonly plan: ReadPlan;
  readonly run: ScanRun;
  readonly source: ScanSource;
  readonly client: Client;
  readonly signal: AbortSignal;
}

/** The columns of the first page; if a checkpoint left no page to read, those of an empty range. */
async function firstColumns({ plan, run, source, client, signal }: First): Promise<readonly PageColumn[]> {
  await run.wait();
  if (run.columns !== null) return run.columns;
  const size = { rows: 1, expectedBytes: null };
  const request = source.request(begin({ from: MAX_TOKEN, to: MAX_TOKEN }), size, source.onlyHost, signal);
  return (await readPage(client, request, new ColumnMemory(plan.mask))).columns ?? [];
}
