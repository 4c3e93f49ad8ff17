import 'server-only';
import type { ScanNodes } from './nodes';
import type { Piece } from './piece';

/** Which piece to read next: started ones before others, and never more at once than allowed. */
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
   * A piece to request a page of; null when all active ones have a page in flight or ready, and no more may start.
   * @param atOnce most active pieces; those pausing after a failure do not count
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

  /** Milliseconds until the first pausing piece may be requested again; infinite if there is none. */
  restMs(nowMs: number): number {
    const rests = [...this.#active].filter((piece) => isIdle(piece) && piece.notBefore > nowMs);
    return Math.min(...rests.map(({ notBefore }) => notBefore)) - nowMs + 1;
  }

  /** Releases a piece that has ended. */
  settle(piece: Piece): void {
    if (!piece.hasEnded) return;
    this.#active.delete(piece);
    this.#nodes.ended(piece);
  }

  /** The first unstarted piece, along the ring, whose nodes are least busy. */
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
