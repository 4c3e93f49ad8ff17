import type { Copied } from '@/lib/contract/move-counts';
import type { Part } from '@/lib/wire/split';
import type { RowEnd } from '@/lib/writing/rows';
import type { FailedLine } from './failed';

/** Where a source goes on. */
export interface SourcePlace {
  readonly scan: string | null;
  readonly line: number;
}

export type RowCounts = Omit<Copied, 'readBack' | 'compared'>;
type Failing = Omit<FailedLine, 'row'>;

/** An epoch is closed after so many rows or bytes, or so much time: that much is repeated after a crash. */
const [MOST_ROWS, MOST_BYTES, MOST_MS] = [20_000, 8 * 1024 * 1024, 1_000];

/** Some source rows that follow each other. Where to go on after them is known once all of them have ended. */
export interface Epoch {
  readonly counts: RowCounts;
  /** Rows in the target, by piece. */
  readonly written: ReadonlyMap<number, number>;
  readonly failed: readonly { readonly cells: readonly Part[]; readonly failure: Failing }[];
  readonly place: SourcePlace;
}

/** A source row on its way: the row, and the static values of its partition, which are written apart. */
export interface SourceRow {
  readonly epoch: OpenEpoch;
  readonly cells: readonly Part[];
  readonly piece: number;
  /** Writes that have not ended. */
  left: number;
  worst: Failing | null;
}

class OpenEpoch {
  readonly counts = { read: 0, applied: 0, refused: 0, unknown: 0, skipped: 0, merged: 0 };
  readonly written = new Map<number, number>();
  readonly failed: { cells: readonly Part[]; failure: Failing }[] = [];
  pending = 0;
  bytes = 0;
  place: SourcePlace | null = null;

  constructor(readonly startedMs: number) {}

  fail(cells: readonly Part[], failure: Failing): void {
    this.counts[failure.outcome]++;
    this.failed.push({ cells, failure });
  }
}

/**
 * Which source rows have ended. Rows end in any order, and a checkpoint must not be past one that has not: so they are counted
 * in epochs, and an epoch is settled after the one before it. Has no clock.
 */
export class Epochs {
  readonly #open: OpenEpoch[] = [];
  #current: OpenEpoch | null = null;

  /** Rows were read. */
  add(rows: number, bytes: number, nowMs: number): void {
    const epoch = this.#epoch(nowMs);
    epoch.counts.read += rows;
    epoch.bytes += bytes;
  }

  /** A row that becomes so many writes. */
  begin(cells: readonly Part[], piece: number, writes: number, merged: number): SourceRow {
    const epoch = this.#epoch(0);
    epoch.pending++;
    epoch.counts.merged += merged;
    return { epoch, cells, piece, left: writes, worst: null };
  }

  /** A row of which nothing is sent. */
  refuse(cells: readonly Part[], failure: Failing): void {
    this.#epoch(0).fail(cells, failure);
  }

  skip(): void {
    this.#epoch(0).counts.skipped++;
  }

  /** One of a row's writes has ended. Unknown is worse than refused. */
  end({ tag: row, outcome, reason }: RowEnd<SourceRow>): void {
    if (outcome !== 'applied' && row.worst?.outcome !== 'unknown') {
      row.worst = { outcome, code: reason?.code ?? 'server_error', message: reason?.message ?? '' };
    }
    row.left--;
    if (row.left > 0) return;
    const { epoch, piece, cells, worst } = row;
    epoch.pending--;
    if (worst !== null) {
      epoch.fail(cells, worst);
      return;
    }
    epoch.counts.applied++;
    epoch.written.set(piece, (epoch.written.get(piece) ?? 0) + 1);
  }

  isFull(nowMs: number): boolean {
    const epoch = this.#current;
    if (epoch === null) return false;
    return epoch.counts.read >= MOST_ROWS || epoch.bytes >= MOST_BYTES || nowMs - epoch.startedMs >= MOST_MS;
  }

  /** No more rows come to the current epoch. @param place after its last row */
  close(place: SourcePlace): void {
    if (this.#current !== null) this.#current.place = place;
    this.#current = null;
  }

  /** The next epoch whose rows have all ended, if those before it have. */
  settled(): Epoch | null {
    const [first] = this.#open;
    if (first === undefined || first.place === null || first.pending > 0) return null;
    this.#open.shift();
    return { ...first, place: first.place };
  }

  #epoch(nowMs: number): OpenEpoch {
    if (this.#current === null) {
      this.#current = new OpenEpoch(nowMs);
      this.#open.push(this.#current);
    }
    return this.#current;
  }
}
