/**
 * Assigns the pieces of a scan to part files. A piece stays in its lane to the end; a new one takes the first free lane,
 * so that small tables fill one file and large ones as many as allowed.
 */
export class Lanes {
  readonly #most: number;
  /** Active pieces in each lane. */
  readonly #lanes: Set<number>[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** The lane for this piece's rows, from 0. */
  laneOf(piece: number): number {
    const own = this.#lanes.findIndex((pieces) => pieces.has(piece));
    if (own !== -1) return own;
    const lane = this.#choose();
    this.#lanes[lane] ??= new Set();
    this.#lanes[lane].add(piece);
    return lane;
  }

  /** The piece is complete. */
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
