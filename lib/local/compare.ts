import { type JsonValue, jsonText } from '@/lib/contract/json';
import type { PageRows } from '@/lib/grid/page-rows';

type Row = readonly JsonValue[];

/** The most rows of either result that are compared, and the most differences that are listed. */
export const COMPARE_LIMITS = { rows: 20_000, listed: 1_000 } as const;

const ROWS_A_STEP = 200;

/** One of two results: its columns by unique names, and the rows of it that are in memory. */
export interface ComparedResult {
  readonly columns: readonly { readonly key: string; readonly type: string }[];
  readonly pages: readonly PageRows<Row>[];
}

/** A column of both, or of one alone: its place in each; -1 where it is not. */
interface ComparedColumn {
  readonly key: string;
  readonly before: number;
  readonly after: number;
}

/** A row that is not the same in both. */
export type RowDifference =
  | { readonly kind: 'added'; readonly after: Row }
  | { readonly kind: 'gone'; readonly before: Row }
  /** `changed`: places among the compared columns. */
  | { readonly kind: 'changed'; readonly before: Row; readonly after: Row; readonly changed: readonly number[] };

export interface Comparison {
  readonly columns: readonly ComparedColumn[];
  readonly rows: { readonly before: number; readonly after: number };
  readonly counts: { readonly same: number; readonly changed: number; readonly added: number; readonly gone: number };
  /** In the order of the rows after; those that are gone come last. Only the first are kept. */
  readonly differences: readonly RowDifference[];
  /** Rows of either result beyond the limit. */
  readonly beyond: number;
}

/** Columns are the same when their names are: one whose type has changed is still that column. */
function comparedColumns(before: ComparedResult, after: ComparedResult): readonly ComparedColumn[] {
  const place = ({ columns }: ComparedResult, key: string) => columns.findIndex((column) => column.key === key);
  return [
    ...after.columns.map(({ key }, at) => ({ key, before: place(before, key), after: at })),
    ...before.columns.flatMap(({ key }, at) => (place(after, key) === -1 ? { key, before: at, after: -1 } : [])),
  ];
}

/**
 * Compares two results step by step: rows with one key are the same row; without keys, rows at one position are.
 * @param key names of the columns that tell rows apart; null: their position does
 */
export function* compareSteps(
  before: ComparedResult,
  after: ComparedResult,
  key: readonly string[] | null,
): Generator<void, Comparison, undefined> {
  const columns = comparedColumns(before, after);
  const keyOf = (side: 'before' | 'after') => {
    const places = key?.map((name) => columns.find((column) => column.key === name)?.[side] ?? -1);
    return (row: Row, at: number) =>
      places === undefined ? String(at) : jsonText(places.map((place) => row[place] ?? null));
  };
  const left = new Rows(keyOf('before'));
  yield* left.take(before.pages);
  const [counts, differences] = [{ same: 0, changed: 0, added: 0, gone: 0 }, [] as RowDifference[]];
  const note = (difference: RowDifference) => {
    counts[difference.kind] += 1;
    if (differences.length < COMPARE_LIMITS.listed) differences.push(difference);
  };
  const right = new Rows(keyOf('after'));
  yield* right.take(after.pages);
  for (const [name, row] of right.rows) {
    const known = left.rows.get(name);
    left.rows.delete(name);
    if (known === undefined) {
      note({ kind: 'added', after: row });
      continue;
    }
    const changed = changedIn(columns, known, row);
    if (changed.length === 0) counts.same += 1;
    else note({ kind: 'changed', before: known, after: row, changed });
    if (counts.same % ROWS_A_STEP === 0) yield;
  }
  for (const row of left.rows.values()) note({ kind: 'gone', before: row });
  const beyond = left.beyond + right.beyond;
  return { columns, rows: { before: left.taken, after: right.taken }, counts, differences, beyond };
}

function changedIn(columns: readonly ComparedColumn[], before: Row, after: Row): readonly number[] {
  return columns.flatMap((column, at) => {
    // A column of one result alone says nothing of the rows.
    if (column.before === -1 || column.after === -1) return [];
    return isSame(before[column.before] ?? null, after[column.after] ?? null) ? [] : at;
  });
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  if (typeof a === 'object' && typeof b === 'object') return jsonText(a) === jsonText(b);
  return Object.is(a, b);
}

/** Rows by their keys, in order; two with one key stay apart by how often it has come. */
class Rows {
  readonly rows = new Map<string, Row>();
  taken = 0;
  beyond = 0;

  constructor(private readonly keyOf: (row: Row, at: number) => string) {}

  *take(pages: readonly PageRows<Row>[]): Generator<void, void, undefined> {
    for (const page of pages) {
      for (const row of page) {
        if (this.taken === COMPARE_LIMITS.rows) {
          this.beyond += 1;
          continue;
        }
        this.put(row);
        this.taken += 1;
        if (this.taken % ROWS_A_STEP === 0) yield;
      }
    }
  }

  private put(row: Row): void {
    const key = this.keyOf(row, this.taken);
    let [name, times] = [key, 1];
    while (this.rows.has(name)) {
      times += 1;
      name = `${key} ${times}`;
    }
    this.rows.set(name, row);
  }
}
