import 'server-only';
import type { ApiError } from '@/lib/contract/errors';
import type { ScanPiece } from './plan/pieces';
import type { PieceProgress, PieceState } from './plan/progress';
import { type ScanWork, splitWork } from './plan/work';

/** What was given up of a piece, and why. */
export interface GivenUp {
  readonly work: ScanWork;
  readonly error: ApiError;
}

/**
 * A piece being read. At most one of its pages is in flight or waiting for the reader, so whenever a page fails, all pages
 * before it have been handed over.
 */
export class Piece {
  /** What is still to be requested, in token order. */
  todo: readonly ScanWork[];
  /** What is left after the pages handed over: where a checkpoint resumes. */
  left: readonly ScanWork[];
  readonly givenUp: GivenUp[] = [];
  /** Address of the node that its pages come from; null: no preference. */
  host: string | null = null;
  hasBegun = false;
  isAsking = false;
  hasPage = false;
  /** Failed tries of its next page. */
  attempts = 0;
  splits = 0;
  wasRetried = false;
  /** Do not request it before this time. */
  notBefore = 0;

  constructor(
    readonly index: number,
    readonly piece: ScanPiece,
    left: readonly ScanWork[],
  ) {
    this.todo = left;
    this.left = left;
    this.hasBegun = left.length === 0;
  }

  /** Nothing is left to request or to take. */
  get hasEnded(): boolean {
    return this.todo.length === 0 && !this.isAsking && !this.hasPage;
  }

  get isComplete(): boolean {
    return this.left.length === 0;
  }

  /** Advances past a page that arrived. @returns what is left after it */
  advance(pagingState: Uint8Array | null, reached: bigint | null): readonly ScanWork[] {
    const [work, ...rest] = this.todo;
    this.attempts = 0;
    if (work === undefined) return this.left;
    this.todo = pagingState === null ? rest : [{ ...work, pagingState, reached: reached ?? work.reached }, ...rest];
    return this.#remaining();
  }

  /** @returns false when there is nothing to split */
  split(): boolean {
    const [work, ...rest] = this.todo;
    const parts = work === undefined ? null : splitWork(work);
    if (parts === null) return false;
    this.todo = [...parts, ...rest];
    this.splits++;
    this.attempts = 0;
    this.left = this.#remaining();
    return true;
  }

  giveUp(error: ApiError): void {
    const [work, ...rest] = this.todo;
    if (work !== undefined) this.givenUp.push({ work, error });
    this.todo = rest;
    this.attempts = 0;
    this.left = this.#remaining();
  }

  progress(): PieceProgress {
    const { from, to } = this.piece;
    const failed = new Set(this.givenUp.map(({ work }) => work));
    const state: PieceState = !this.hasBegun ? 'waiting' : this.attempts > 0 ? 'retrying' : 'running';
    return { from, to, left: this.left.map((work) => ({ ...work, state: failed.has(work) ? 'failed' : state })) };
  }

  /** In token order, including what was given up: a resumed scan tries it again. */
  #remaining(): ScanWork[] {
    const all = [...this.givenUp.map(({ work }) => work), ...this.todo];
    return all.sort((one, other) => (one.to < other.to ? -1 : 1));
  }
}
