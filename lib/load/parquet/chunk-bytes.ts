import type { AsyncBuffer } from 'hyparquet';

/** Bytes that are read of a column chunk at a time, unless one page needs more. */
const READ_BYTES = 128 * 1024;

/** The bytes of one column chunk, of which only those around the current page are in memory. */
export class ChunkBytes {
  private held: Uint8Array = new Uint8Array();
  private at: number;

  /** @param start its first byte in the file; `end` is the first after it */
  constructor(
    private readonly file: AsyncBuffer,
    start: number,
    private readonly end: number,
  ) {
    this.at = start;
  }

  /** Bytes that have not been passed. */
  get left(): number {
    return this.end - this.at;
  }

  /** A view of what comes next: at least `count` bytes, or all that are left. It stays as it is. */
  async peek(count: number): Promise<Uint8Array> {
    const wanted = Math.min(count, this.left);
    if (this.held.length >= wanted) return this.held;
    const from = this.at + this.held.length;
    const to = Math.min(this.end, Math.max(this.at + wanted, from + READ_BYTES));
    const more = new Uint8Array(await this.file.slice(from, to));
    this.held = this.held.length === 0 ? more : Buffer.concat([this.held, more]);
    return this.held;
  }

  /** Passes bytes that {@link peek} has shown. */
  pass(count: number): void {
    this.held = this.held.subarray(count);
    this.at += count;
  }
}
