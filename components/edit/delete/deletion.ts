import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { RowChange } from '@/lib/contract/mutations';
import type { RowKey } from '@/lib/cql/row-key';
import { columnNamed, type EditTable } from '@/lib/edit/table';
import { parseTypedText } from '@/lib/wire/typed-text';

/** A bound as the form has it: empty text is none. */
export interface BoundDraft {
  readonly text: string;
  readonly inclusive: boolean;
}

export interface DeletionDraft {
  /** How many clustering columns are equal to the row's; null: the whole partition. */
  readonly equal: number | null;
  readonly from: BoundDraft;
  readonly to: BoundDraft;
}

export const WHOLE_PARTITION: DeletionDraft = {
  equal: null,
  from: { text: '', inclusive: true },
  to: { text: '', inclusive: true },
};

type Deletion = Extract<RowChange, { readonly kind: 'delete_range' | 'delete_partition' }>;

export interface DeletionForm {
  /** Null while a bound cannot be read. */
  readonly change: Deletion | null;
  readonly problems: { readonly from?: string; readonly to?: string };
  /** The clustering column that the bounds are of; null: there is none left, or it is the whole partition. */
  readonly bounded: string | null;
}

/** The deletion that a form asks for, around the row that it was opened from. */
export function deletionOf(table: EditTable, of: RowKey, { equal, from, to }: DeletionDraft): DeletionForm {
  const { partitionKey, clusteringKey } = table.shape;
  const keyOf = (names: readonly string[]): Record<string, JsonValue> =>
    Object.fromEntries(names.map((name) => [name, ownValue(of, name) ?? null]));
  if (equal === null) {
    return { change: { kind: 'delete_partition', key: keyOf(partitionKey) }, problems: {}, bounded: null };
  }
  const bounded = clusteringKey[equal] ?? null;
  const key = keyOf([...partitionKey, ...clusteringKey.slice(0, equal)]);
  if (bounded === null) return { change: { kind: 'delete_range', key }, problems: {}, bounded };
  const bounds = [boundOf(table, bounded, from), boundOf(table, bounded, to)] as const;
  const [first, last] = bounds;
  const problems = {
    ...('problem' in first ? { from: first.problem } : {}),
    ...('problem' in last ? { to: last.problem } : {}),
  };
  // Without any bound it would be the partition with its static values.
  if (equal === 0 && from.text === '' && to.text === '') {
    return { change: null, problems: { from: 'Give a bound, or choose the whole partition.' }, bounded };
  }
  if ('problem' in first || 'problem' in last) return { change: null, problems, bounded };
  return {
    change: {
      kind: 'delete_range',
      key,
      ...(first.bound === undefined ? {} : { from: first.bound }),
      ...(last.bound === undefined ? {} : { to: last.bound }),
    },
    problems,
    bounded,
  };
}

type Bound = NonNullable<Extract<RowChange, { readonly kind: 'delete_range' }>['from']>;

function boundOf(
  table: EditTable,
  name: string,
  { text, inclusive }: BoundDraft,
): { bound?: Bound } | { problem: string } {
  if (text === '') return {};
  const typed = parseTypedText(text, columnNamed(table, name).type);
  return 'problem' in typed ? typed : { bound: { value: typed.value, inclusive } };
}
