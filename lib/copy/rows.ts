import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { Part } from '@/lib/wire/split';
import type { RowPart, WriteRow } from '@/lib/writing/rows';
import { type CopyMapper, type MappedRow, MappingError } from './mapper';

/** What all rows of a copy share. */
export interface Stamp {
  /** Of cells whose write time is not kept: fixed when the job starts, so that a row may be written again. */
  readonly micros: bigint;
  /**
   * Added to the write times of lists that are not frozen: a list that is written twice at one time has its elements twice,
   * so each run of the job writes them a little later.
   */
  readonly listMicros: bigint;
}

/** What a source row becomes. */
export interface MadeRows {
  /** The static values of its partition and the row, each alone; empty where the target has no place for them. */
  readonly writes: readonly Omit<WriteRow<never>, 'tag'>[];
  /** Cells that have one write time for several. */
  readonly merged: number;
}

type Values = MappedRow['values'];

/** Makes of source rows what is written. Rows of a partition follow each other; its static values are written with the first. */
export class RowMaker {
  readonly #mapper: CopyMapper;
  readonly #stamp: Stamp;
  readonly #kinds: readonly ColumnShape['kind'][];
  readonly #lists: ReadonlySet<number>;
  readonly #hasClustering: boolean;
  readonly #hasStatics: boolean;
  /** All columns of a row have one write time and TTL. */
  readonly #isWhole: boolean;
  /** The partition whose static values were written last, by piece. */
  readonly #partitions = new Map<number, string>();

  /** @param lists names of the target's lists that are not frozen */
  constructor(mapper: CopyMapper, stamp: Stamp, lists: readonly string[]) {
    this.#mapper = mapper;
    this.#stamp = stamp;
    this.#kinds = mapper.kinds;
    this.#lists = new Set(mapper.columns.flatMap((name, at) => (lists.includes(name) ? [at] : [])));
    this.#hasClustering = this.#kinds.includes('clustering');
    this.#hasStatics = this.#kinds.includes('static');
    this.#isWhole = !mapper.keepsAges && this.#lists.size === 0;
  }

  /**
   * @param piece of the scan that the row comes from
   * @throws MappingError when a value does not fit
   */
  make(cells: readonly Part[], piece: number): MadeRows {
    const row = this.#mapper.row(cells);
    const statics = this.#only(row.values, 'static');
    const writes: Omit<WriteRow<never>, 'tag'>[] = [];
    if (statics !== null && this.#isFirst(row.values, piece)) writes.push(this.#write(row, statics));
    const isRow =
      !this.#hasClustering || this.#kinds.some((kind, at) => kind === 'clustering' && row.values[at] != null);
    this.#checkKey(row.values, isRow);
    if (isRow) writes.push(this.#write(row, this.#only(row.values, 'regular') ?? this.#only(row.values, null) ?? []));
    const merged = this.#isWhole
      ? 0
      : row.ages.filter((age, at) => age.isMerged && row.values[at] !== undefined).length;
    return { writes, merged };
  }

  /** @throws MappingError for a row without a key: it has no place */
  #checkKey(values: Values, isRow: boolean): void {
    const at = this.#kinds.findIndex(
      (kind, position) => (kind === 'partition_key' || (kind === 'clustering' && isRow)) && values[position] == null,
    );
    if (at !== -1) throw new MappingError(`“${this.#mapper.columns[at]}” is part of the key, and has no value here`);
  }

  /** The values of one kind beside the key that it is written with; null: there are none. */
  #only(values: Values, kind: 'static' | 'regular' | null): Values | null {
    if (!this.#hasStatics) return kind === 'static' ? null : values;
    const isKey = (at: number) =>
      this.#kinds[at] === 'partition_key' || (kind !== 'static' && this.#kinds[at] === 'clustering');
    const kept = values.map((value, at) => (isKey(at) || this.#kinds[at] === kind ? value : undefined));
    const hasSome = kept.some((value, at) => this.#kinds[at] === kind && value !== undefined);
    return kind === null || hasSome ? kept : null;
  }

  #isFirst(values: Values, piece: number): boolean {
    if (this.#mapper.hasRowStatics) return true;
    const key = values.filter((_, at) => this.#kinds[at] === 'partition_key');
    const text = key.map((part) => (part == null ? '' : Buffer.from(part).toString('latin1'))).join('\u0000');
    const isFirst = this.#partitions.get(piece) !== text;
    this.#partitions.set(piece, text);
    return isFirst;
  }

  /** A row in parts: columns with one write time and TTL are written together. */
  #write({ ages }: MappedRow, values: Values): Omit<WriteRow<never>, 'tag'> {
    if (this.#isWhole) return { values, ttlSeconds: null, timestampMicros: this.#stamp.micros };
    const groups = new Map<string, { at: number[]; part: Omit<RowPart, 'values'> }>();
    for (const [at, value] of values.entries()) {
      if (value === undefined || this.#isKey(at)) continue;
      const part = this.#partOf(at, ages[at]);
      const name = `${part.timestampMicros} ${part.ttlSeconds}`;
      const group = groups.get(name) ?? { at: [], part };
      group.at.push(at);
      groups.set(name, group);
    }
    const parts = [...groups.values()].map(
      ({ at: members, part }): RowPart => ({
        ...part,
        values: values.map((value, at) => (this.#isKey(at) || members.includes(at) ? value : undefined)),
      }),
    );
    const [first, ...more] = parts;
    if (first === undefined) return { values, ttlSeconds: null, timestampMicros: this.#stamp.micros };
    return more.length === 0 ? first : { ...first, more };
  }

  #partOf(at: number, age: MappedRow['ages'][number] | undefined): Omit<RowPart, 'values'> {
    const micros = (age?.micros ?? this.#stamp.micros) + (this.#lists.has(at) ? this.#stamp.listMicros : 0n);
    return { timestampMicros: micros, ttlSeconds: age?.ttlSeconds ?? null };
  }

  #isKey(at: number): boolean {
    return this.#kinds[at] === 'partition_key' || this.#kinds[at] === 'clustering';
  }
}
