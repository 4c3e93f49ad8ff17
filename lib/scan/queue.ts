import 'server-only';
import type { ScanNodes } from './nodes';
import type { Piece } from './piece';

/** Which piece is asked for next: those begun before those that have not, and never more at work than asked for. */
export class PieceQueue {
  readonly #fresh: Set<Piece>;
  readonly #active = new Set<Piece>();
  readonly #nodes: ScanNodes;

  constructor(pieces: readonly Piece[], nodes: ScanNodes) {
    this.#fresh = new Set(pieces.filter(({ hasBegun }) => !hasBegun));
    this.#nodes = nodes;
  }

  get isEmpty(): boolean {
    return this.#fresh.size === 0 && this.#active.size === 0;
  }

  /**
   * A piece to ask for a page of; null when all that are at work have one under way or ready, and no more may begin.
   * @param atOnce pieces at work at the same time; those that rest after a failure do not count
   */
  next(atOnce: number, nowMs: number): Piece | null {
    let atWork = 0;
    for (const piece of this.#active) {
      if (piece.notBefore > nowMs) continue;
      if (isIdle(piece)) return piece;
      atWork++;
    }
    return atWork < atOnce ? this.#begin(nowMs) : null;
  }

  /** Milliseconds until the first of the pieces that rest may be asked for again; infinite when there is none. */
  restMs(nowMs: number): number {
    const rests = [...this.#active].filter((piece) => isIdle(piece) && piece.notBefore > nowMs);
    return Math.min(...rests.map(({ notBefore }) => notBefore)) - nowMs + 1;
  }

  /** Lets go of a piece that has come to its end. */
  settle(piece: Piece): void {
    if (!piece.hasEnded) return;
    this.#active.delete(piece);
    this.#nodes.ended(piece);
  }

  /** Of the pieces that have not begun one whose nodes have least to do; the first of them, along the ring. */
  #begin(nowMs: number): Piece | null {
    let best: Piece | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const piece of this.#fresh) {
      const load = this.#nodes.loadFor(piece, nowMs);
      if (best !== null && load >= least) continue;
      [best, least] = [piece, load];
      if (least === 0) break;
    }
    if (best === null) return null;
    this.#fresh.delete(best);
    this.#active.add(best);
    best.hasBegun = true;
    return best;
  }
}

function isIdle(piece: Piece): boolean {
  return !piece.isAsking && !piece.hasPage;
}
