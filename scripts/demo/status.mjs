import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The progress of a load, as the status file holds it.
 * @typedef {object} Status
 * @property {'loading' | 'done' | 'failed'} state
 * @property {string | null} keyspace  Of the table that loads; null when none does.
 * @property {string | null} table
 * @property {number} rows  Loaded of that table; of all tables when `table` is null.
 * @property {number} total  Rows that it will have.
 * @property {number} rowsPerSecond  Since the table began; over all tables when `table` is null.
 * @property {number} tablesDone
 * @property {number} tablesTotal
 * @property {string} [message]
 *
 * @typedef {{ write(text: string): unknown, isTTY?: boolean }} Output
 */

const FILE_EVERY_MS = 250;
const LINE_EVERY_MS = 5_000;

/**
 * Reports progress to the user and to the status file: one line that is rewritten on a terminal, occasional lines
 * elsewhere. The file is replaced as a whole, so that a reader never sees half of it.
 */
export class StatusReporter {
  #file;
  #out;
  #written = Number.NEGATIVE_INFINITY;
  #printed = Number.NEGATIVE_INFINITY;

  /**
   * @param {string | undefined} file
   * @param {Output} out
   */
  constructor(file, out) {
    this.#file = file;
    this.#out = out;
    if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  }

  /**
   * Reports progress unless something was reported a moment ago.
   * @param {Status} status
   */
  progress(status) {
    const now = performance.now();
    const terminal = this.#out.isTTY === true;
    if (now - this.#written >= FILE_EVERY_MS) {
      this.#written = now;
      this.#save(status);
      if (terminal) this.#out.write(`\r\x1b[K${line(status)}`);
    }
    if (!terminal && now - this.#printed >= LINE_EVERY_MS) {
      this.#printed = now;
      this.#out.write(`${line(status)}\n`);
    }
  }

  /**
   * Always reports: the end of a table, the end of the load, a failure.
   * @param {Status} status
   */
  milestone(status) {
    this.#written = performance.now();
    this.#printed = performance.now();
    this.#save(status);
    this.#out.write(`${this.#out.isTTY === true ? '\r\x1b[K' : ''}${line(status)}\n`);
  }

  /** @param {Status} status */
  #save(status) {
    if (this.#file === undefined) return;
    const draft = `${this.#file}.${process.pid}.tmp`;
    writeFileSync(draft, `${JSON.stringify(status)}\n`);
    renameSync(draft, this.#file);
  }
}

/**
 * @param {Status} status
 */
function line(status) {
  const { state, keyspace, table, rows, total, rowsPerSecond, tablesDone, tablesTotal, message } = status;
  if (table === null) return `demo data: ${message ?? state}`;
  const counts = `${rows.toLocaleString('en')} of ${total.toLocaleString('en')} rows`;
  const rate = `${Math.round(rowsPerSecond).toLocaleString('en')} rows/s`;
  const note = message === undefined ? '' : ` · ${message}`;
  return `demo data: ${keyspace}.${table} · ${counts} · ${rate} · table ${tablesDone + 1} of ${tablesTotal}${note}`;
}
