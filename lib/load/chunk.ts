import type { Write } from '@/lib/transform/fields';
import type { RowEnd } from '@/lib/writing/rows';
import type { FailedRecord } from './failed-files';
import type { LoadRecord, SourceItem } from './records';
import type { LoadCounts } from './state';

/** What a row's outcome is reported with. */
export interface RowTag {
  readonly chunk: Chunk;
  readonly item: LoadRecord;
  readonly writes: readonly Write[];
}

/**
 * Records that are on their way together. Chunks end in any order and are counted in the order of the file, so that a
 * checkpoint has every record before its place and none after it.
 */
export class Chunk {
  readonly records: number;
  readonly #failed: FailedRecord[] = [];
  #pending: number;

  constructor(items: readonly SourceItem[]) {
    this.records = items.length;
    this.#pending = items.length;
  }

  get isOver(): boolean {
    return this.#pending === 0;
  }

  /** As far as it has got. */
  get counts(): LoadCounts {
    const of = (outcome: FailedRecord['outcome']) =>
      this.#failed.reduce((sum, failed) => sum + Number(failed.outcome === outcome), 0);
    const written = this.records - this.#pending - this.#failed.length;
    return { written, bad: of('bad'), refused: of('refused'), unknown: of('unknown') };
  }

  /** In the order of the file. */
  failed(): readonly FailedRecord[] {
    return this.#failed.toSorted((a, b) => a.item.number - b.item.number);
  }

  fail(failed: FailedRecord): void {
    this.#pending--;
    this.#failed.push(failed);
  }

  ended({ outcome, reason, tag: { item } }: RowEnd<RowTag>): void {
    if (outcome !== 'applied') {
      this.fail({ item, outcome, message: reason?.message ?? '', column: null, field: null, value: null });
      return;
    }
    this.#pending--;
  }
}

export function sumOf(one: LoadCounts, other: LoadCounts): LoadCounts {
  return {
    written: one.written + other.written,
    bad: one.bad + other.bad,
    refused: one.refused + other.refused,
    unknown: one.unknown + other.unknown,
  };
}
