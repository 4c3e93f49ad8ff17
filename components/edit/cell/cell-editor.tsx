import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import type { ColumnShape } from '@/lib/cql/schema-lookup';

/** Where the selection goes after an edit: `down` by Enter, `right` by Tab, `left` and `up` with Shift. */
export type AfterEdit = 'down' | 'up' | 'right' | 'left' | 'stay';

export interface CellEditorProps {
  column: ColumnShape;
  /** The value with all edits that wait; undefined: the column of a new row is unset. */
  value: JsonValue | undefined;
  /** What was typed on the cell, which replaces the value; undefined: the value itself is edited. */
  typed?: string | undefined;
  /** Values of this column that are in memory, the most frequent first, to offer. */
  seen: readonly JsonValue[];
  /** Called once, with an edit that fits the column; `set: null` deletes the value. */
  onCommit: (edit: CellEdit, after: AfterEdit) => void;
  onCancel: () => void;
}

/** Edits one cell in the place that its parent gives it. */
export function CellEditor({ column }: CellEditorProps) {
  return <span>{column.name}</span>;
}
