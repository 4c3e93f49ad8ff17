import type { Write } from '@/lib/transform/fields';
import { SAMPLE_ROWS, type WrittenRow } from './sample-read-back';

/** Of the rows that are kept: with very long ones there are fewer. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Some of the rows that were written, each as likely as any other, chosen while they pass by. */
export class Sample {
  readonly #rows: WrittenRow[] = [];
  #most: number;
  #bytes = 0;
  #seen = 0;

  constructor(
    rows = SAMPLE_ROWS,
    private readonly mostBytes = MOST_BYTES,
  ) {
    this.#most = rows;
  }

  get rows(): readonly WrittenRow[] {
    return this.#rows;
  }

  readonly add = (number: number, writes: readonly Write[]): void => {
    const at = this.#seen++ < this.#most ? this.#rows.length : Math.floor(Math.random() * this.#seen);
    if (at >= this.#most) return;
    const row = { number, writes: writes.map(ownWrite) };
    this.#bytes += bytesOf(row) - bytesOf(this.#rows[at]);
    this.#rows[at] = row;
    while (this.#bytes > this.mostBytes && this.#rows.length > 1) this.#drop();
  };

  /** What is left is still as likely as any other, of a smaller sample. */
  #drop(): void {
    const [dropped] = this.#rows.splice(Math.floor(Math.random() * this.#rows.length), 1);
    this.#bytes -= bytesOf(dropped);
    this.#most = this.#rows.length;
  }
}

/** Values may be parts of large buffers. */
function ownWrite(write: Write): Write {
  return { ...write, values: write.values.map((value) => value && Uint8Array.from(value)) };
}

function bytesOf(row: WrittenRow | undefined): number {
  return (row?.writes ?? []).reduce(
    (sum, { values }) => sum + values.reduce((bytes, value) => bytes + (value?.length ?? 0), 0),
    0,
  );
}
