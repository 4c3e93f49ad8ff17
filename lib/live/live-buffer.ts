/** How long numbers are kept. */
export const KEPT_MS = 3_600_000;
/** One more than an hour has at the shortest interval, so that an hour has both its ends. */
const SLOTS = 361;
/** Of all numbers of one cluster. A thousand nodes need 47 MB; tables get what is left. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The last hour as rows of numbers that share one axis of time: a ring of slots, the oldest overwritten by the newest.
 * NaN stands for what is not known. Its size is bounded: a row that would exceed it is not kept.
 */
export class LiveBuffer {
  readonly #slots: number;
  readonly #mostRows: number;
  readonly #times: Float64Array;
  readonly #rows = new Map<string, Float32Array>();
  #begun = 0;
  #refused = 0;

  constructor(slots = SLOTS, mostBytes = MOST_BYTES) {
    this.#slots = slots;
    this.#mostRows = Math.floor(mostBytes / (slots * Float32Array.BYTES_PER_ELEMENT));
    this.#times = new Float64Array(slots).fill(Number.NaN);
  }

  /** Bytes of the numbers that are held. */
  get bytes(): number {
    return this.#rows.size * this.#slots * Float32Array.BYTES_PER_ELEMENT + this.#times.byteLength;
  }

  /** How often a row was not kept, because there was no room. */
  get refused(): number {
    return this.#refused;
  }

  get lastMs(): number | null {
    return this.#begun === 0 ? null : (this.#times[(this.#begun - 1) % this.#slots] ?? null);
  }

  /** Begins a slot in which nothing is known yet. Times only rise. */
  begin(atMs: number): void {
    const at = this.#begun % this.#slots;
    this.#times[at] = atMs;
    for (const row of this.#rows.values()) row[at] = Number.NaN;
    this.#begun += 1;
  }

  /** Puts a number into the slot begun last. @returns whether it is kept */
  put(name: string, value: number): boolean {
    if (this.#begun === 0) return false;
    const row = this.#rows.get(name) ?? this.#newRow(name);
    if (row === undefined) return false;
    row[(this.#begun - 1) % this.#slots] = value;
    return true;
  }

  /** The number in the slot begun last; NaN where there is none. */
  last(name: string): number {
    return this.#begun === 0 ? Number.NaN : (this.#rows.get(name)?.[(this.#begun - 1) % this.#slots] ?? Number.NaN);
  }

  has(name: string): boolean {
    return this.#rows.has(name);
  }

  /** A row that was zero wherever `known` has a number: it is kept only from when it is not. */
  putSparse(name: string, value: number, known: string): void {
    if (value === 0 && !this.#rows.has(name)) return;
    const isNew = !this.#rows.has(name);
    if (!this.put(name, value) || !isNew) return;
    const [row, other] = [this.#rows.get(name), this.#rows.get(known)];
    const now = (this.#begun - 1) % this.#slots;
    for (let at = 0; at < this.#slots; at++) {
      if (row !== undefined && at !== now && other !== undefined && !Number.isNaN(other[at] ?? Number.NaN)) row[at] = 0;
    }
  }

  /** Forgets the rows whose name is not wanted. */
  retain(isWanted: (name: string) => boolean): void {
    for (const name of this.#rows.keys()) if (!isWanted(name)) this.#rows.delete(name);
  }

  names(): IterableIterator<string> {
    return this.#rows.keys();
  }

  /** The times after `afterMs`, oldest first. */
  times(afterMs: number): number[] {
    return this.#slotsAfter(afterMs).map((at) => this.#times[at] ?? Number.NaN);
  }

  /** The numbers at {@link times}; null: not known. Undefined: there is no such row. */
  values(name: string, afterMs: number): (number | null)[] | undefined {
    const row = this.#rows.get(name);
    return row === undefined ? undefined : this.#slotsAfter(afterMs).map((at) => known(row[at]));
  }

  #slotsAfter(afterMs: number): number[] {
    const slots: number[] = [];
    for (let begun = Math.max(0, this.#begun - this.#slots); begun < this.#begun; begun++) {
      const at = begun % this.#slots;
      if ((this.#times[at] ?? Number.NaN) > afterMs) slots.push(at);
    }
    return slots;
  }

  #newRow(name: string): Float32Array | undefined {
    if (this.#rows.size >= this.#mostRows) {
      this.#refused += 1;
      return undefined;
    }
    const row = new Float32Array(this.#slots).fill(Number.NaN);
    this.#rows.set(name, row);
    return row;
  }
}

/** Seven digits are what a 32-bit float holds: the rest would be noise. */
function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : Number(value.toPrecision(7));
}
