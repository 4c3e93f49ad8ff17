import type { KeyboardEvent } from 'react';
import { isPressed } from '@/components/ui/shortcuts';
import { typedText } from './typed-text';

/** What keys ask for on rows that can be changed. */
export interface EditKeyActs {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly add: () => void;
  /** What acts on the selection; undefined: nothing is selected. */
  readonly selected:
    | {
        /** @param typed what replaces the value */
        readonly edit: (typed?: string) => void;
        readonly toNull: () => void;
        readonly deleteRows: () => void;
        readonly fill: () => void;
      }
    | undefined;
}

/**
 * The shortcuts of the scope `edit`, and typing. Pasting is an event of its own, and the review opens from anywhere on
 * the page: see `useReviewKey`. @returns whether it was one of them
 */
export function editKeys(event: KeyboardEvent, acts: EditKeyActs): boolean {
  if (isPressed('editUndo', event)) acts.undo();
  else if (isPressed('editRedo', event)) acts.redo();
  else if (isPressed('editAdd', event)) acts.add();
  else return acts.selected !== undefined && onSelected(event, acts.selected);
  return true;
}

function onSelected(event: KeyboardEvent, acts: NonNullable<EditKeyActs['selected']>): boolean {
  if (isPressed('editCell', event)) acts.edit();
  else if (isPressed('editNull', event)) acts.toNull();
  else if (isPressed('editDelete', event)) acts.deleteRows();
  else if (isPressed('editFill', event)) acts.fill();
  else {
    const typed = typedText(event);
    if (typed === null) return false;
    acts.edit(typed);
  }
  return true;
}
