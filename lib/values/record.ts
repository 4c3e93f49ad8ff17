import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';

/** A field of a record: one of the result's columns. */
export interface RecordField {
  readonly name: string;
  readonly type: string;
  /** Which of the row's values. */
  readonly source: number;
}

export interface RecordView {
  readonly search: string;
  readonly hideNulls: boolean;
}

/**
 * A row as fields, in the order in which the columns were read: those whose name or type has the searched text, whatever
 * its case. `nulls` counts those without a value, shown or not.
 */
export function recordFields(
  columns: readonly ResultColumn[],
  values: readonly JsonValue[],
  { search, hideNulls }: RecordView,
): { readonly fields: readonly RecordField[]; readonly nulls: number } {
  const wanted = search.trim().toLowerCase();
  const isNull = (source: number) => (values[source] ?? null) === null;
  const fields = columns.flatMap(({ name, type }, source): RecordField[] => {
    const isFound = name.toLowerCase().includes(wanted) || type.toLowerCase().includes(wanted);
    return !isFound || (hideNulls && isNull(source)) ? [] : [{ name, type, source }];
  });
  return { fields, nulls: columns.filter((_, source) => isNull(source)).length };
}
