import { type KeptRow, type PackedRow, unpackedRow } from './packed-row';

/** Rows of a file by their keys: packed, so that many fit into memory. */
export class KeyedRows {
  readonly #columns: number;
  readonly #byKey = new Map<string, Buffer[]>();
  #hasStatic = false;

  /** @param columns values of a write */
  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Some are of a partition, not of a row in it. */
  get hasStatic(): boolean {
    return this.#hasStatic;
  }

  /** Keys that were not taken. */
  get size(): number {
    return this.#byKey.size;
  }

  /** @param key of the row @param row its bytes are copied */
  add(key: string, { bytes }: PackedRow, isStatic: boolean): void {
    this.#hasStatic ||= isStatic;
    const rows = this.#byKey.get(key);
    if (rows === undefined) this.#byKey.set(key, [Buffer.from(bytes)]);
    else rows.push(Buffer.from(bytes));
  }

  /** The rows with a key in the order of the file, once; null: there are none, or they were taken. */
  take(key: string): readonly KeptRow[] | null {
    const rows = this.#byKey.get(key);
    if (rows === undefined) return null;
    this.#byKey.delete(key);
    return rows.map((bytes) => unpackedRow(bytes, this.#columns));
  }

  keys(): string[] {
    return [...this.#byKey.keys()];
  }
}
