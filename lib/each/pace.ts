/** Keeps a job below so many rows a second. Has no clock. */
export class Pace {
  #rowsPerSecond: number | null;
  /** Not before this time may the next rows be sent. */
  #dueMs: number;

  constructor(rowsPerSecond: number | null, nowMs: number) {
    this.#rowsPerSecond = rowsPerSecond;
    this.#dueMs = nowMs;
  }

  /** Another rate from now on. */
  set(rowsPerSecond: number | null): void {
    this.#rowsPerSecond = rowsPerSecond;
  }

  /** How many rows may go at once: a quarter of a second's, so that a pause never waits for long. */
  chunkRows(most: number): number {
    return this.#rowsPerSecond === null ? most : Math.max(1, Math.min(most, Math.ceil(this.#rowsPerSecond / 4)));
  }

  spent(rows: number, nowMs: number): void {
    if (this.#rowsPerSecond === null) return;
    this.#dueMs = Math.max(this.#dueMs, nowMs - 1_000) + (rows / this.#rowsPerSecond) * 1_000;
  }

  /** Time until the next rows may be sent. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#dueMs - nowMs);
  }
}
