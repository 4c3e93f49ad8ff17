import { type FocusEvent, type RefObject, type SyntheticEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { anchored } from '@/components/ui/anchor';
import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';
import { fitsOneLine, replacedBy } from '@/lib/edit/draft';
import { isCounter } from '@/lib/edit/edit-between';
import { isKey } from '@/lib/edit/finished';
import { isBlob, isText } from '@/lib/values/value-text';
import { isChoice } from '@/lib/wire/typed-text';
import { type AfterEdit, handleCellKey } from './cell-keys';
import { CellLine } from './cell-line';
import { CellPanel } from './cell-panel';
import { useCellDraft } from './use-cell-draft';

export type { AfterEdit } from './cell-keys';

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
  /** In place of `onCancel` where nothing changed and the selection moves on. */
  onLeave?: ((after: AfterEdit) => void) | undefined;
}

/**
 * Edits one cell in the place that its parent gives it. What no line holds opens a panel below. The value is kept when the
 * focus leaves; one that is wrong stays until it is right or given up.
 */
export function CellEditor(props: CellEditorProps) {
  const { column, value, seen } = props;
  const { type } = column;
  const surfaceId = useId();
  const cell = useCellDraft(props);
  const [isPanel, setIsPanel] = useState(!fitsOneLine(cell.draft, type));
  const root = useRef<HTMLFieldSetElement>(null);
  useRoomIfNeeded(root, type, () => setIsPanel(true));
  const openPanel = isChoice(type) || isCounter(type) ? undefined : () => setIsPanel(true);
  const setNull = isKey(column) || isCounter(type) ? undefined : () => cell.setDraft({ as: 'null' });
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    // Without the window's focus, or with a dialog for files open, the cell is still edited.
    if (!document.hasFocus() || (relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) return;
    cell.keep('stay');
  };
  return (
    <fieldset
      ref={root}
      aria-label={`Edit ${column.name}`}
      style={anchored(undefined, surfaceId)}
      className="relative size-full min-h-7 min-w-0 bg-surface text-ink"
      onKeyDown={(event) =>
        handleCellKey(event, { keep: (after) => cell.keep(after), cancel: cell.cancel, setNull, openPanel, isPanel })
      }
      onBlur={onBlur}
      {...KEPT_INSIDE}
    >
      {isPanel ? (
        <CellPanel column={column} value={value} surfaceId={surfaceId} cell={cell} />
      ) : (
        <CellLine
          column={column}
          value={value}
          seen={seen}
          surfaceId={surfaceId}
          cell={cell}
          onPanel={openPanel}
          onLines={(text) => {
            cell.setDraft(replacedBy(text, cell.draft, type));
            setIsPanel(true);
          }}
        />
      )}
    </fieldset>
  );
}

const stop = (event: SyntheticEvent) => event.stopPropagation();

/** The grid around it would select, or open another cell or a menu. */
const KEPT_INSIDE = { onPointerDown: stop, onClick: stop, onDoubleClick: stop, onContextMenu: stop };

/** Opens the panel for a text that is longer than the cell shows. */
function useRoomIfNeeded(root: RefObject<HTMLElement | null>, type: CqlType, open: () => void): void {
  const onLong = useRef(open);
  useLayoutEffect(() => {
    const input = root.current?.querySelector('input');
    if (input == null || !(isText(type) || isBlob(type))) return;
    if (input.scrollWidth > input.clientWidth) onLong.current();
  }, [root, type]);
}
