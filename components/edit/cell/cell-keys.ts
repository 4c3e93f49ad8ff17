import type { KeyboardEvent } from 'react';
import { APP_SHORTCUTS, matches } from '@/components/ui/chords';
import { isPressed, type ShortcutId } from '@/components/ui/shortcuts';

/** Where the selection goes after an edit: `down` by Enter, `right` by Tab, `left` and `up` with Shift. */
export type AfterEdit = 'down' | 'up' | 'right' | 'left' | 'stay';

const MOVES: readonly (readonly [ShortcutId, AfterEdit])[] = [
  ['cellDown', 'down'],
  ['cellUp', 'up'],
  ['cellRight', 'right'],
  ['cellLeft', 'left'],
];

/** Where a key leads that keeps the value of a line; undefined for any other key. */
export function moveOf(event: KeyboardEvent): AfterEdit | undefined {
  return MOVES.find(([id]) => isPressed(id, event))?.[1];
}

export interface CellKeys {
  /** Keeps the value; false: it is wrong, and stays as it is. */
  readonly keep: (after: AfterEdit) => boolean;
  readonly cancel: () => void;
  /** Undefined where the cell cannot be null. */
  readonly setNull: (() => void) | undefined;
  /** Undefined where there is no panel to open. */
  readonly openPanel: (() => void) | undefined;
  readonly isPanel: boolean;
}

/** What keys do in a cell that is edited. None but those of the whole page reach what the cell stands in. */
export function handleCellKey(event: KeyboardEvent, keys: CellKeys): void {
  if (Object.values(APP_SHORTCUTS).some((one) => one.keys.some((chord) => isChord(chord) && matches(chord, event))))
    return;
  // The review opens with the value that is typed, unless that is wrong.
  if (isPressed('save', event) && keys.keep('stay')) return;
  event.stopPropagation();
  // Enter and Escape are the input method's while it composes.
  if (event.nativeEvent.isComposing) return;
  const act = actOf(event, keys);
  if (act === undefined) return;
  event.preventDefault();
  act();
}

/** Signs are typed; with a modifier they are a command. */
function isChord(chord: string): boolean {
  return chord.length > 1;
}

function actOf(event: KeyboardEvent, keys: CellKeys): (() => unknown) | undefined {
  const { keep, cancel, setNull, openPanel, isPanel } = keys;
  if (isPressed('save', event)) return () => undefined;
  if (isPressed('cellCancel', event)) return cancel;
  if (isPressed('cellKeep', event)) return () => keep('down');
  if (isPressed('cellNull', event)) return setNull;
  // In a panel and on a button, Enter and Tab do what they do in any form.
  if (isPanel || event.target instanceof HTMLButtonElement) return undefined;
  if (isPressed('cellPanel', event)) return openPanel;
  const after = moveOf(event);
  return after === undefined ? undefined : () => keep(after);
}
