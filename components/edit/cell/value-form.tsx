import type { ReactNode } from 'react';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape } from '@/lib/cql/schema-lookup';

export interface ValueFormProps {
  column: ColumnShape;
  /** The value to start from, null for a deleted one; undefined: unset. Later changes of it are not taken over. */
  value: JsonValue | undefined;
  /** Values of this column that are in memory, the most frequent first, to offer. */
  seen: readonly JsonValue[];
  /** Names the field; by default the column's name and type do. */
  label?: ReactNode;
  /** The column needs a value, as key columns do: it can be neither unset nor null. */
  required?: boolean | undefined;
  /** Takes the focus when it appears. */
  autoFocus?: boolean | undefined;
  /** With each change: the value, undefined while it is unset or wrong, and what is wrong, null for nothing. */
  onChange: (value: JsonValue | undefined, problem: string | null) => void;
}

/** A labelled field for the value of one column, with the inputs of a cell; it stays open. */
export function ValueForm({ column, label = column.name }: ValueFormProps) {
  return <span>{label}</span>;
}
