/**
 * Which part file takes the rows of which piece of a scan. A piece stays in its lane to its end; a new one goes to the
 * first lane that is free, so that small tables fill one file and large ones as many as are allowed.
 */
export class Lanes {
  readonly #most: number;
  /** Pieces under way in each lane. */
  readonly #lanes: Set<number>[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** The lane of this piece's rows, from 0. */
  laneOf(piece: number): number {
    const own = this.#lanes.findIndex((pieces) => pieces.has(piece));
    if (own !== -1) return own;
    const lane = this.#choose();
    this.#lanes[lane] ??= new Set();
    this.#lanes[lane].add(piece);
    return lane;
  }

  /** The piece is through. */
  leave(piece: number): void {
    for (const pieces of this.#lanes) pieces.delete(piece);
  }

  #choose(): number {
    const free = this.#lanes.findIndex(({ size }) => size === 0);
    if (free !== -1) return free;
    if (this.#lanes.length < this.#most) return this.#lanes.length;
    const sizes = this.#lanes.map(({ size }) => size);
    return sizes.indexOf(Math.min(...sizes));
  }
}
