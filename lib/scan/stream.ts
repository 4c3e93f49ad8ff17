import 'server-only';
import type { BudgetReader } from '@/lib/cassandra/read/budget';
import { type CursorScope, columnsHash } from '@/lib/cassandra/read/cursors';
import type { Page, PageColumn } from '@/lib/cassandra/read/pages';
import { type ReadPlan, shownBytes } from '@/lib/cassandra/read/reads';
import { RING_PARTS, type ScanProgress } from '@/lib/contract/scans';
import { Failure } from '@/lib/failure';
import { rowsReached } from '@/lib/rights/limit-texts';
import type { Limit } from '@/lib/rights/limits';
import { ringFraction } from '@/lib/ring/ranges';
import { encodeCheckpoint } from './checkpoint';
import { missingRanges, rangeFailures } from './failures';
import type { Piece } from './piece';
import type { ScanMeter } from './plan/meter';
import type { ScanPiece } from './plan/pieces';
import { doneShare, ringLetters } from './plan/progress';
import type { ReadyPage, ScanRun } from './run';
import type { ScanSource } from './source';
import type { ScanWarnings } from './warnings';

/** A page with its place in the scan. */
export interface ScanPage extends Page {
  /** Index in the scan's pieces. */
  readonly piece: number;
  /** The last page of its piece, which is then complete. */
  readonly last: boolean;
  /** The token its piece has reached; null if the rows are not in token order. */
  readonly token: string | null;
  /** Share of the read that is done; only for one ordered piece, if known. */
  readonly ringFraction: number | null;
}

export interface ReadingParts {
  readonly plan: ReadPlan;
  readonly source: ScanSource;
  readonly pieces: readonly Piece[];
  readonly run: ScanRun;
  readonly reader: BudgetReader;
  readonly warnings: ScanWarnings;
  readonly columns: readonly PageColumn[];
  readonly meter: ScanMeter;
  /** The most rows that it gives. */
  readonly limit: Limit | undefined;
}

/** A scan as its reader sees it: pages, progress, and where to resume. */
export class ScanStream {
  readonly pieces: readonly ScanPiece[];
  readonly columns: readonly PageColumn[];
  readonly #parts: ReadingParts;
  readonly #columnsHash: string;
  /** For a read in one piece that is not ranged. */
  #fraction: number | null = null;

  constructor(parts: ReadingParts) {
    this.#parts = parts;
    this.pieces = parts.pieces.map(({ piece }) => piece);
    this.columns = parts.columns;
    this.#columnsHash = columnsHash(parts.columns);
  }

  /** @param release frees what the scan holds, when it ends or its reader leaves */
  async *pages(release: () => void): AsyncGenerator<ScanPage, void, undefined> {
    const { plan, run, source, meter, pieces } = this.#parts;
    try {
      const check = (page: Page) => this.#checkLimit(page);
      for (let ready = await run.take(check); ready !== null; ready = await run.take(check)) {
        this.#fraction = this.#fractionAt(ready);
        const { page, piece, left, reached } = ready;
        const { rows } = page;
        meter.add({ rows, frameBytes: shownBytes(plan, page) }, performance.now(), () => this.#share());
        const token = reached === null ? null : String(reached);
        yield { ...page, piece: piece.index, last: left.length === 0, token, ringFraction: this.#fraction };
      }
      const failures = rangeFailures(pieces);
      if (failures.length > 0) throw missingRanges(failures);
      await source.table.check();
    } finally {
      run.close();
      release();
    }
  }

  /** @throws Failure `limit_reached` when the rows of a page are too many */
  #checkLimit({ rows }: Page): void {
    const { meter, limit } = this.#parts;
    if (limit === undefined || meter.rows + rows <= limit.most) return;
    throw new Failure(rowsReached(limit, meter.rows));
  }

  keep(): () => void {
    return this.#parts.run.keep();
  }

  progress(): ScanProgress {
    const { run, reader, pieces, warnings, meter } = this.#parts;
    const [now, share] = [performance.now(), this.#share()];
    return {
      rows: meter.rows,
      pages: meter.pages,
      frameBytes: meter.frameBytes,
      ringFraction: share,
      ring: this.#followsRing()
        ? ringLetters(
            pieces.map((piece) => piece.progress()),
            RING_PARTS,
          )
        : null,
      ranges: {
        total: pieces.length,
        done: pieces.filter(({ isComplete }) => isComplete).length,
        running: pieces.filter(({ hasBegun, isComplete, givenUp }) => hasBegun && !isComplete && givenUp.length === 0)
          .length,
        retried: pieces.filter(({ wasRetried }) => wasRetried).length,
        failed: pieces.filter(({ givenUp }) => givenUp.length > 0).length,
      },
      concurrency: run.inFlight,
      waitsFor: reader.waitsFor(),
      estimatedRows: meter.estimatedRows(share),
      rowsPerSecond: meter.rowsPerSecond(now),
      estimatedLeftMs: meter.estimatedLeftMs(share, now),
      warnings: warnings.list(),
      failures: rangeFailures(pieces),
    };
  }

  checkpoint(scope: CursorScope): string {
    const { source, pieces, meter } = this.#parts;
    return encodeCheckpoint(scope, {
      isRanged: source.isRanged,
      columns: this.#columnsHash,
      rows: meter.rows,
      pages: meter.pages,
      frameBytes: meter.frameBytes,
      node: source.onlyHost?.address ?? null,
      truncations: source.table.truncations,
      pieces: pieces.map(({ piece: { from, to }, left }) => ({ from, to, left })),
    });
  }

  #followsRing(): boolean {
    const { source, plan } = this.#parts;
    return source.isRanged && plan.classification.ringProgress;
  }

  #share(): number | null {
    if (!this.#followsRing()) return this.#fraction;
    return doneShare(this.#parts.pieces.map((piece) => piece.progress()));
  }

  /** Only for a read in one piece: the share done, if known, from the place where its page ends. */
  #fractionAt({ reached, left }: ReadyPage): number | null {
    const { pieces, plan, source } = this.#parts;
    if (pieces.length > 1) return null;
    if (this.#followsRing()) return this.#share();
    const { ringProgress, splittable, cost } = plan.classification;
    const knowsShare = ringProgress && (plan.range !== null || cost.scope !== 'ring_share');
    // In token order but not splittable: there is a LIMIT, and we cannot know whether it or the ring ended the read.
    if (left.length === 0) return knowsShare && splittable ? 1 : null;
    return knowsShare && reached !== null ? ringFraction(reached, source.bounds.from, source.bounds.to) : null;
  }
}
