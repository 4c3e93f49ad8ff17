import type { Write } from '@/lib/transform/fields';
import type { LoadRecord } from './records';
import { SAMPLE_ROWS } from './sample-read-back';

interface Kept {
  readonly number: number;
  readonly writes: readonly Write[];
}

/** Some of the rows that were written, each as likely as any other: of an input that cannot be read twice. */
export class Sample {
  readonly #rows: Kept[] = [];
  #seen = 0;

  get rows(): readonly Kept[] {
    return this.#rows;
  }

  readonly add = ({ number }: LoadRecord, writes: readonly Write[]): void => {
    const at = this.#seen++ < SAMPLE_ROWS ? this.#rows.length : Math.floor(Math.random() * this.#seen);
    if (at >= SAMPLE_ROWS) return;
    // Values may be parts of large buffers.
    const own = writes.map((write) => ({
      ...write,
      values: write.values.map((value) => value && Uint8Array.from(value)),
    }));
    this.#rows[at] = { number, writes: own };
  };
}
