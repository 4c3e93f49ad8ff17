import 'server-only';
import { setMaxListeners } from 'node:events';
import type { Client } from '@/lib/cassandra/client/driver';
import { toFailure } from '@/lib/cassandra/client/errors';
import { ColumnMemory, type Page, type PageColumn, readPage } from '@/lib/cassandra/read/pages';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import type { Failure } from '@/lib/failure';
import { tokenOf } from '@/lib/ring/paging-state';
import type { Allowance, ScanBudget } from './budget';
import { explainedByGone } from './gone';
import type { ScanNodes } from './nodes';
import type { Piece } from './piece';
import { decideFault, faultKind } from './plan/faults';
import type { Concurrency } from './plan/pace';
import { type ScanWork, splitWork } from './plan/work';
import { PieceQueue } from './queue';
import type { ScanSource } from './source';
import type { ScanWarnings } from './warnings';

/** A page that has arrived, with what is left of its piece after it. */
export interface ReadyPage {
  readonly page: Page;
  readonly piece: Piece;
  readonly left: readonly ScanWork[];
  /** The token that its piece has reached; null if the paging state does not reveal it. */
  readonly reached: bigint | null;
}

export interface RunParts {
  readonly plan: ReadPlan;
  readonly client: Client;
  readonly source: ScanSource;
  readonly pieces: readonly Piece[];
  readonly budget: ScanBudget;
  readonly nodes: ScanNodes;
  readonly concurrency: Concurrency;
  readonly signal: AbortSignal;
  /** Whether the token in the paging state is meaningful. */
  readonly tellsToken: boolean;
  readonly warnings: ScanWarnings;
}

/** What happened since nodes last answered with a page. */
interface Failing {
  readonly since: number;
  /** Nothing came back, not even an error. */
  isSilent: boolean;
  /** A piece of theirs was given up in that silence. */
  wasGivenUp: boolean;
}

interface Waiter {
  resolve(): void;
  reject(reason: unknown): void;
}

/** After the cluster reports overload, further reports concern pages requested earlier. */
const BACK_OFF_EVERY_MS = 1_000;

/**
 * Requests the pages of all pieces: one page after another within a piece, several pieces in parallel, never more than the
 * reader takes. A piece's next page is requested when the reader takes the one before: one page of prefetch per piece.
 */
export class ScanRun {
  readonly #parts: RunParts;
  readonly #columns: ColumnMemory;
  readonly #queue: PieceQueue;
  readonly #ready: ReadyPage[] = [];
  /** What the nodes that hold a piece have answered since their last page, by their ids. */
  readonly #failing = new Map<string, Failing>();
  /** Cancels the pages that wait for their turn. */
  readonly #ended = new AbortController();
  #inFlight = 0;
  #inHandBytes = 0;
  #waiter: Waiter | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopped: { readonly reason: unknown } | null = null;
  #hasPages = false;
  #backedOffAt = Number.NEGATIVE_INFINITY;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#columns = new ColumnMemory(parts.plan.mask);
    this.#queue = new PieceQueue(parts.pieces, parts.nodes);
    // Each waiting page adds a listener, and there may be many.
    setMaxListeners(0, this.#ended.signal);
    parts.signal.addEventListener('abort', () => this.#stop(parts.signal.reason), { once: true });
    if (parts.signal.aborted) this.#stop(parts.signal.reason);
    this.#pump();
  }

  /** Of every page; null before the first has arrived. */
  get columns(): readonly PageColumn[] | null {
    return this.#columns.columns;
  }

  /** Pages in flight now. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Resolves when a page is ready or the scan has ended. @throws the scan's failure */
  async wait(): Promise<void> {
    for (;;) {
      if (this.#stopped !== null) throw this.#stopped.reason;
      if (this.#ready.length > 0 || this.#queue.isEmpty) return;
      await new Promise<void>((resolve, reject) => {
        this.#waiter = { resolve, reject };
      });
    }
  }

  /**
   * The next page; the reader is done with the one before. Null after the last.
   * @param check called before a page is taken: what it throws leaves the page untaken, also for checkpoints
   * @throws the scan's failure
   */
  async take(check: (page: Page) => void): Promise<ReadyPage | null> {
    this.#parts.budget.release(this.#inHandBytes);
    this.#inHandBytes = 0;
    this.#pump();
    await this.wait();
    const [ready] = this.#ready;
    if (ready === undefined) return null;
    check(ready.page);
    this.#ready.shift();
    const { piece, page, left } = ready;
    piece.left = left;
    piece.hasPage = false;
    this.#inHandBytes = page.frameBytes;
    this.#queue.settle(piece);
    this.#pump();
    return ready;
  }

  /** Leaves the page in hand counted, until the result is called. */
  keep(): () => void {
    const bytes = this.#inHandBytes;
    this.#inHandBytes = 0;
    return () => {
      this.#parts.budget.release(bytes);
      this.#pump();
    };
  }

  /** Stops requesting; pages in flight are dropped when they arrive. */
  close(): void {
    this.#stop(new Error('the scan was closed'));
  }

  #stop(reason: unknown): void {
    if (this.#stopped !== null) return;
    this.#stopped = { reason };
    this.#ended.abort(reason);
    clearTimeout(this.#timer);
    this.#ready.length = 0;
    this.#waiter?.reject(reason);
    this.#waiter = null;
  }

  /** Requests as many pages as allowed. */
  #pump(): void {
    clearTimeout(this.#timer);
    while (this.#stopped === null && this.#inFlight < this.#mostInFlight()) {
      const now = performance.now();
      const waitMs = this.#parts.budget.waitMs(now);
      const piece = waitMs === 0 ? this.#queue.next(this.#mostInFlight(), now) : null;
      if (piece === null) {
        this.#pumpAfter(waitMs > 0 ? waitMs : this.#queue.restMs(now));
        return;
      }
      this.#ask(piece, now);
    }
  }

  /** While row sizes are unknown each page is read alone: the others would only wait. */
  #mostInFlight(): number {
    return this.#parts.budget.sizer.expectedBytes() === null ? 1 : this.#parts.concurrency.pages;
  }

  #pumpAfter(delayMs: number): void {
    if (delayMs < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#pump(), delayMs);
  }

  #ask(piece: Piece, now: number): void {
    const [work] = piece.todo;
    if (work === undefined) return;
    const { plan, client, source, nodes, budget } = this.#parts;
    const allowance = budget.ask(now);
    piece.isAsking = true;
    this.#inFlight++;
    const request = source.request(work, allowance, nodes.choose(piece, now), this.#ended.signal);
    readPage(client, request, this.#columns).then(
      (page) => this.#came(piece, page, allowance),
      async (error: unknown) => {
        const failure = await explainedByGone(plan, client, toFailure(error));
        this.#failed(piece, failure, allowance);
      },
    );
  }

  #came(piece: Piece, page: Page, allowance: Allowance): void {
    if (this.#stopped !== null) return;
    const { budget, concurrency, nodes, tellsToken } = this.#parts;
    const { rows, frameBytes: bytes, elapsedMs, pagingState } = page;
    this.#answered(piece);
    budget.came(allowance, rows, bytes, performance.now());
    budget.sizer.seen({ askedRows: allowance.rows, rows, bytes, elapsedMs });
    concurrency.answered({ elapsedMs, bytes }, this.#waiter !== null);
    this.#heed(page.warnings);
    nodes.answered(piece);
    this.#failing.delete(holdersOf(piece));
    this.#hasPages = true;
    const reached = pagingState === null || !tellsToken ? null : tokenOf(pagingState);
    this.#ready.push({ page, piece, reached, left: piece.advance(pagingState, reached) });
    piece.hasPage = true;
    this.#wake();
    this.#pump();
  }

  #heed(warnings: readonly string[]): void {
    for (const warning of warnings) this.#parts.warnings.add(warning);
    if (warnings.some((warning) => /tombstone/i.test(warning))) this.#backOff('tombstones');
  }

  #failed(piece: Piece, failure: Failure, allowance: Allowance): void {
    if (this.#stopped !== null) return;
    const { budget, nodes } = this.#parts;
    const now = performance.now();
    this.#answered(piece);
    budget.failed(allowance, now);
    const { code } = failure.error;
    const kind = faultKind(code);
    const isTimeout = code === 'request_timeout' || code === 'read_timeout';
    if (kind === 'range') budget.sizer.failed(allowance.rows);
    if (kind === 'load' || isTimeout) this.#backOff(failure.message);
    nodes.failed(piece, kind === 'node' || code === 'request_timeout', now);
    this.#decide(piece, failure, now);
    this.#wake();
    this.#pump();
  }

  #decide(piece: Piece, failure: Failure, now: number): void {
    piece.attempts++;
    piece.wasRetried = true;
    const [work] = piece.todo;
    const { code } = failure.error;
    const failing = this.#failingOf(piece, now);
    failing.isSilent &&= code === 'request_timeout';
    const decision = decideFault({
      kind: faultKind(code),
      attempts: piece.attempts,
      failingMs: now - failing.since,
      isSilent: failing.isSilent,
      isKnownSilent: failing.wasGivenUp,
      splits: piece.splits,
      canSplit: this.#parts.source.isRanged && work !== undefined && splitWork(work) !== null,
      isBeginning: !this.#hasPages,
    });
    if (decision.action === 'retry') piece.notBefore = now + decision.afterMs;
    else if (decision.action === 'split') piece.split();
    else if (decision.action === 'stop' || !this.#hasPages || !this.#parts.source.isRanged) this.#stop(failure);
    else {
      failing.wasGivenUp ||= failing.isSilent;
      piece.giveUp(failure.error);
    }
    this.#queue.settle(piece);
  }

  #failingOf(piece: Piece, now: number): Failing {
    const holders = holdersOf(piece);
    const failing = this.#failing.get(holders) ?? { since: now, isSilent: true, wasGivenUp: false };
    this.#failing.set(holders, failing);
    return failing;
  }

  #answered(piece: Piece): void {
    this.#inFlight--;
    piece.isAsking = false;
  }

  #backOff(reason: string): void {
    const now = performance.now();
    if (now - this.#backedOffAt < BACK_OFF_EVERY_MS) return;
    this.#backedOffAt = now;
    this.#parts.concurrency.backOff();
    this.#parts.warnings.add(`Fewer pages are requested at a time (${this.#parts.concurrency.pages}): ${reason}`);
  }

  #wake(): void {
    this.#waiter?.resolve();
    this.#waiter = null;
  }
}

function holdersOf(piece: Piece): string {
  return piece.piece.replicas.toSorted().join();
}
