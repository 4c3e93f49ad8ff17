import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import { MOST_KEY_BYTES } from '../cql/mutation/checks';
import type { ColumnShape } from '../cql/schema-lookup';
import { formatCount } from '../text/format';
import { fromJson } from '../wire/encode';
import { ValueError } from '../wire/errors';
import { type Draft, readDraft } from './draft';
import { editBetween, isCounter } from './edit-between';

/** What becomes of a cell whose draft is done: an edit, null where nothing changes, or what is wrong. */
export type Finished = { readonly edit: CellEdit | null } | { readonly problem: string; readonly path: string };

/**
 * @param value the cell's value with all edits that wait; undefined: a column of a new row that is unset
 */
export function finished(column: ColumnShape, value: JsonValue | undefined, draft: Draft): Finished {
  if (isCounter(column.type)) return counted(value, draft);
  const read = readDraft(draft, column.type);
  if ('problem' in read) return read;
  const after = read.value;
  if (after === undefined) return { edit: null };
  if (isKey(column) && after === null) return { problem: 'a key column cannot be null', path: '' };
  if (value === undefined) return { edit: { set: after } };
  try {
    return { edit: editBetween(column, value, after) };
  } catch (error) {
    // A stored value that cannot be written, such as a null in a list, which stands in what was left as it is.
    if (error instanceof ValueError) return { problem: error.reason, path: error.path };
    throw error;
  }
}

/**
 * What is wrong with a value of the primary key; null: nothing.
 * @param isAlone the column is the whole partition key
 */
export function keyProblem({ type }: ColumnShape, value: JsonValue | undefined, isAlone: boolean): string | null {
  if (value === undefined || value === null) return 'a value is missing';
  const bytes = fromJson(value, type)?.length ?? 0;
  if (isAlone && bytes === 0) return 'Cassandra has no partition with an empty key: type a value';
  if (bytes <= MOST_KEY_BYTES) return null;
  return `a key column holds at most ${formatCount(MOST_KEY_BYTES)} bytes, and this has ${formatCount(bytes)}`;
}

export function isKey({ kind }: ColumnShape): boolean {
  return kind === 'partition_key' || kind === 'clustering';
}

function counted(value: JsonValue | undefined, draft: Draft): Finished {
  if (draft.as !== 'text' || draft.text.trim() === '') return { edit: null };
  const delta = readDelta(draft.text, value ?? null);
  if ('problem' in delta) return { problem: delta.problem, path: '' };
  return { edit: delta.by === 0n ? null : { by: String(delta.by) } };
}

/** What is added to a counter, and what it would be after that. */
export type Delta = { readonly by: bigint; readonly sum: bigint } | { readonly problem: string };

const MOST = 2n ** 63n - 1n;

/** A counter can only be added to, so what is typed needs its sign: without one it would look like the new count. */
export function readDelta(text: string, value: JsonValue): Delta {
  const trimmed = text.trim();
  const [, set] = /^=?\s*(\d+)$/.exec(trimmed) ?? [];
  if (set !== undefined) return { problem: `a counter cannot be set, only changed: write +${set} or -${set}` };
  const [, sign, digits = ''] = /^([+\-−])\s*(\d{1,19})$/.exec(trimmed) ?? [];
  if (sign === undefined) return { problem: 'expected + or - and a whole number, such as +5' };
  const by = sign === '+' ? BigInt(digits) : -BigInt(digits);
  const sum = BigInt(String(value ?? 0)) + by;
  if (by > MOST || by < -MOST || sum > MOST || sum < -MOST - 1n) {
    return { problem: 'the count would leave the range of 64 bits, -2⁶³ to 2⁶³-1' };
  }
  return { by, sum };
}
