import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import type { EditableRows } from '@/lib/edit/editable';
import type { ShownChanges } from '@/lib/edit/shown-changes';
import type { CellCommands } from './cell-commands';
import type { EditKeyActs } from './edit-keys';
import { editOffers, paletteOffers } from './offers';

type PaletteActs = EditKeyActs & { readonly review: () => void };

/** What the palette offers: what can be done with the active cell, and with all that waits. */
export function usePalette(
  rows: EditableRows,
  shown: ShownChanges,
  acts: PaletteActs,
  active: CellCommands | undefined,
): void {
  const cell = active === undefined ? [] : paletteOffers(editOffers(rows, shown, active.cell), active.commands);
  const now = [...cell, ...(active === undefined ? [addOffer(acts)] : []), ...(shown.isEmpty ? [] : queueOffers(acts))];
  const latest = useRef<readonly Command[]>(now);
  useEffect(() => {
    latest.current = now;
  });
  // Offered again only where it reads otherwise: rows come in all the time.
  const words = JSON.stringify(now.map(({ id, label }) => [id, label]));
  const [held, setHeld] = useState(() => ({ words, commands: runningLatest(now, latest) }));
  if (held.words !== words) setHeld({ words, commands: runningLatest(now, latest) });
  useOfferCommands(held.commands);
}

const GROUP = 'Change rows';

function addOffer({ add }: PaletteActs): Command {
  return { id: 'edit.add', label: 'Add a row…', group: GROUP, keys: 'editAdd', run: add };
}

function queueOffers({ review, undo, redo }: PaletteActs): readonly Command[] {
  return [
    { id: 'edit.review', label: 'Review changes', group: GROUP, keys: 'editReview', run: review },
    { id: 'edit.undo', label: 'Undo the last change', group: GROUP, keys: 'editUndo', run: undo },
    { id: 'edit.redo', label: 'Redo the change', group: GROUP, keys: 'editRedo', run: redo },
  ];
}

function runningLatest(commands: readonly Command[], latest: RefObject<readonly Command[]>): readonly Command[] {
  return commands.map((command) => ({
    ...command,
    run: () => latest.current.find(({ id }) => id === command.id)?.run(),
  }));
}
