import 'server-only';
import type { LoadVerified } from '@/lib/contract/load-standing';
import { inTurn } from '@/lib/mutations/in-turn';
import type { Bound, Problem, Write } from '@/lib/transform/fields';
import type { FailedNumbers } from './failed-numbers';
import type { LoadInputs } from './inputs';
import type { FoundRow, ReadBack } from './read-back';
import type { LoadRecord } from './records';

/** Rows of a sample. */
export const SAMPLE_ROWS = 1_000;
const READS_AT_ONCE = 32;
const READ_ROWS = 512;
/** Rows that are looked at again: whether a later record has their key. */
const MOST_AGAIN = 100_000;

export interface Verifying {
  readonly inputs: LoadInputs;
  readonly bind: (record: LoadRecord) => Bound | Problem;
  readonly back: ReadBack;
  /** Records that were not written, for each reading of the files. */
  readonly failed: () => FailedNumbers;
  /** Of all records. */
  readonly records: number;
  readonly signal: AbortSignal;
}

/** A row that was written. */
export interface WrittenRow {
  /** Among the records of all files, from 1. */
  readonly number: number;
  readonly writes: readonly Write[];
}

/**
 * Reads some rows back and compares them with the records that they came from. What differs is looked at again: a later record
 * of the files may have the same key.
 */
export class SampleReadBack {
  readonly #verifying: Verifying;
  readonly #counts = { rows: 0, equal: 0, different: 0, missing: 0, overwritten: 0 };
  readonly #again = new Map<string, { number: number; found: FoundRow }[]>();
  #againRows = 0;

  constructor(verifying: Verifying) {
    this.#verifying = verifying;
  }

  get verified(): LoadVerified {
    return { extent: 'sample', ...this.#counts };
  }

  /** @throws the signal's reason, SourceError, Failure */
  async run(): Promise<LoadVerified> {
    const step = Math.max(1, Math.floor(this.#verifying.records / SAMPLE_ROWS));
    let some: WrittenRow[] = [];
    for await (const row of writtenRows(this.#verifying, (number) => number % step === 0)) {
      some.push(row);
      if (some.length < READ_ROWS) continue;
      await this.#compare(some);
      some = [];
    }
    return this.compareAll(some);
  }

  /** The rows that were chosen while they were written, or the last of all. @throws as {@link run} */
  async compareAll(rows: readonly WrittenRow[]): Promise<LoadVerified> {
    await this.#compare(rows);
    await this.#lookAgain();
    return this.verified;
  }

  /** Compares rows with what is there. */
  async #compare(rows: readonly WrittenRow[]): Promise<void> {
    const { back, signal } = this.#verifying;
    const found = await inTurn(rows, READS_AT_ONCE, async ({ writes }) => {
      signal.throwIfAborted();
      return back.found(writes);
    });
    for (const [at, row] of rows.entries()) this.#count(row, found[at] ?? 'missing');
  }

  #count({ number, writes: [write] }: WrittenRow, found: FoundRow): void {
    this.#counts.rows++;
    this.#counts[found]++;
    if (found === 'equal' || write === undefined || this.#againRows >= MOST_AGAIN) return;
    const key = this.#verifying.back.keyOf(write);
    this.#again.set(key, [...(this.#again.get(key) ?? []), { number, found }]);
    this.#againRows++;
  }

  /** A row whose key a later record has too is overwritten, and that is not a difference. */
  async #lookAgain(): Promise<void> {
    if (this.#again.size === 0 || !this.#verifying.inputs.isLasting) return;
    for await (const { number, writes } of writtenRows(this.#verifying, () => true)) {
      const [write] = writes;
      const rows = write === undefined ? undefined : this.#again.get(this.#verifying.back.keyOf(write));
      const earlier = rows?.filter((row) => row.number < number) ?? [];
      if (rows === undefined || earlier.length === 0 || write === undefined) continue;
      for (const { found } of earlier) this.#counts[found]--;
      this.#counts.overwritten += earlier.length;
      const left = rows.filter((row) => row.number >= number);
      const key = this.#verifying.back.keyOf(write);
      if (left.length > 0) this.#again.set(key, left);
      else this.#again.delete(key);
    }
  }
}

/** The rows of all files that were written, in their order. @throws the signal's reason, SourceError, Failure */
export async function* writtenRows(
  { inputs, bind, failed: openFailed, signal }: Pick<Verifying, 'inputs' | 'bind' | 'failed' | 'signal'>,
  isWanted: (number: number) => boolean,
): AsyncGenerator<WrittenRow, void> {
  const failed = openFailed();
  try {
    let earlier = 0;
    for (let file = 0; file < inputs.count; file++) {
      const { source } = await inputs.open(file, signal);
      let records = 0;
      for await (const items of source) {
        for (const item of items) {
          records++;
          const number = earlier + item.number;
          if (item.kind === 'bad' || !isWanted(number) || (await failed.has(number))) continue;
          const bound = bind(item);
          if (bound.kind === 'bound') yield { number, writes: bound.writes };
        }
      }
      earlier += records;
    }
  } finally {
    await failed.close();
  }
}
