import 'server-only';
import type { ScanLimits, ScanProgress } from '@/lib/contract/scans';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import type { ScanPiece } from '@/lib/ring/scan-plan';
import type { Page, PageColumn } from './pages';
import { openRead, type ReadPage, type ReadPlan } from './reads';

/** Bytes of pages that are held or under way at the same time, over a whole scan, unless told. */
export const DEFAULT_BUFFER_BYTES = 64 * 1024 * 1024;

export interface ScanOptions {
  readonly limits?: ScanLimits | undefined;
  /** Bytes of pages held or under way at the same time. One page may be larger: then it is the only one. */
  readonly bufferBytes?: number | undefined;
  /** A checkpoint of an earlier scan of the same plan: goes on behind it, with its pieces. */
  readonly resume?: string | undefined;
  /** `ordered`: one piece, rows in the statement's own order. Default: `parallel` where the statement splits. */
  readonly pieces?: 'ordered' | 'parallel' | undefined;
}

/** A page with its place in the scan. */
export interface ScanPage extends Page {
  /** Index in the scan's pieces. */
  readonly piece: number;
  /** The last page of its piece. */
  readonly last: boolean;
  /** How far its piece has got; null where the order of the rows does not tell. */
  readonly token: string | null;
  /** Share of the read, only where it is one ordered piece and the share is known. */
  readonly ringFraction: number | null;
}

/** A statement being read to its end, its pieces side by side where it splits. */
export interface Scan {
  /** One that is the whole read when it does not split. */
  readonly pieces: readonly ScanPiece[];
  readonly columns: readonly PageColumn[];
  /**
   * Every page of every piece, once; pieces interleaved, the pages of one piece in order. Pull-driven: what is held
   * ahead of the reader is bounded. Leaving the loop ends the scan.
   * @throws CassandraFailure `ranges_failed` behind the pages of all the other ranges, `schema_changed`, …
   */
  readonly pages: AsyncIterable<ScanPage, void>;
  /** Of the pages handed over. */
  progress(): ScanProgress;
  /** Opaque, MAC-bound: stands behind the pages handed over so far, the one that the reader holds included. */
  checkpoint(): string;
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
}

/**
 * Begins to read all that a plan finds; its `maxPages` and `cursor` count for nothing here, its `pageRows` is the most
 * that a page may hold. Resolves when the first page is there.
 * @param signals any of them stops the scan
 * @throws CassandraFailure what the first page failed with; `cursor_refused` for a checkpoint of another read
 */
export async function openScan(plan: ReadPlan, options: ScanOptions, ...signals: AbortSignal[]): Promise<Scan> {
  const read = await openRead({ ...plan, maxPages: 0, cursor: options.resume }, ...signals);
  const iterator = read.pages[Symbol.asyncIterator]();
  const first = await iterator.next();
  const state: { at: ReadPage | null } = { at: null };
  async function* pages(): AsyncGenerator<ScanPage, void> {
    for (let step = first; !step.done; step = await iterator.next()) {
      state.at = step.value;
      const { token, ringFraction } = step.value.frame;
      yield { ...step.value, piece: 0, last: step.value.pagingState === null, token, ringFraction };
    }
  }
  return {
    pieces: [{ from: plan.range?.from ?? MIN_TOKEN, to: plan.range?.to ?? MAX_TOKEN, replicas: [] }],
    columns: first.done ? [] : (first.value.columns ?? []),
    pages: pages(),
    progress: () => progressOf(state.at),
    checkpoint: () => state.at?.frame.cursor ?? '',
    signal: read.signal,
    abort: read.abort,
  };
}

function progressOf(page: ReadPage | null): ScanProgress {
  return {
    rows: page?.frame.totalRows ?? 0,
    pages: page === null ? 0 : page.frame.index + 1,
    frameBytes: 0,
    ringFraction: page?.frame.ringFraction ?? null,
    ring: null,
    ranges: { total: 1, done: page?.pagingState === null ? 1 : 0, running: 1, retried: 0, failed: 0 },
    concurrency: 1,
    estimatedRows: null,
    rowsPerSecond: null,
    estimatedLeftMs: null,
    warnings: [],
    failures: [],
  };
}
