import type { CellOffer } from '@/components/results/cell-menu/offers';
import type { Command } from '@/components/ui/commands';
import type { ShortcutId } from '@/components/ui/shortcuts';
import type { Row } from '@/lib/client/stream-events';
import { isCounter, isCounterTable } from '@/lib/cql/mutation/checks';
import { cellPlace, type EditableRows, hasRow, moveRefusal } from '@/lib/edit/editable';
import type { ShownChanges } from '@/lib/edit/shown-changes';
import { plural } from '@/lib/text/format';

/** What can be done to rows, to be carried out where it is chosen. */
export interface EditCommands {
  readonly edit: () => void;
  readonly toNull: () => void;
  readonly fill: () => void;
  readonly paste: () => void;
  readonly add: () => void;
  readonly duplicate: () => void;
  readonly move: () => void;
  readonly deleteRows: () => void;
  readonly deleteMany: () => void;
  readonly cellTtl: () => void;
  readonly rowTtl: () => void;
  readonly revert: () => void;
}

/** The cell that it is about, and how much is selected with it. */
export interface OfferedCell {
  readonly values: Row;
  readonly source: number;
  readonly rows: number;
  readonly cells: number;
}

type EditKey = Extract<ShortcutId, NonNullable<CellOffer['keys']>>;

interface Offer {
  readonly id: keyof EditCommands;
  readonly label: string;
  readonly keys?: EditKey;
  /** Why it cannot be done; null: it can. */
  readonly refusal: string | null;
}

/** What can be done to a cell and its row, and why not. */
export function editOffers(rows: EditableRows, shown: ShownChanges, cell: OfferedCell): readonly Offer[] {
  const { values, source } = cell;
  const place = cellPlace(rows, values, source);
  const row = shown.of(values);
  const column = place.kind === 'refused' ? undefined : place.column;
  const refused = place.kind === 'refused' ? place.why : null;
  const noRow = hasRow(rows, values) ? null : 'the partition has no rows';
  const deleted = row.fate === 'deleted' ? 'the row is to be deleted' : null;
  const counters = isCounterTable(rows.table) ? 'counters are only added to' : null;
  const stays = counters ?? moveRefusal(rows);
  const isKey = place.kind === 'key' ? 'part of the primary key' : null;
  const ofCounter = column !== undefined && isCounter(column.type) ? counters : null;
  const noTtl = (row.values[source] ?? null) === null ? 'a null has no TTL' : null;
  const lower = cell.rows > 1 ? null : 'select the cells below it, too';
  const named = column?.name ?? 'the value';
  return [
    {
      id: 'edit',
      label: isKey === null ? `Edit ${named}` : 'Move this row…',
      keys: 'editCell',
      refusal: refused ?? deleted ?? (isKey && stays),
    },
    {
      id: 'toNull',
      label: cell.cells === 1 ? `Set ${named} to null` : `Set ${plural(cell.cells, 'cell')} to null`,
      keys: 'editNull',
      refusal: cell.cells === 1 ? (refused ?? deleted ?? isKey ?? ofCounter) : null,
    },
    { id: 'fill', label: 'Fill down', keys: 'editFill', refusal: lower ?? ofCounter },
    { id: 'paste', label: 'Paste cells here', keys: 'editPaste', refusal: null },
    { id: 'cellTtl', label: `Set the TTL of ${named}…`, refusal: refused ?? deleted ?? isKey ?? ofCounter ?? noTtl },
    { id: 'rowTtl', label: 'Set the TTL of the row…', refusal: noRow ?? deleted ?? counters },
    { id: 'add', label: 'Add a row…', keys: 'editAdd', refusal: counters },
    { id: 'duplicate', label: 'Duplicate this row…', refusal: noRow ?? counters },
    ...(isKey === null ? [{ id: 'move' as const, label: 'Move this row…', refusal: noRow ?? deleted ?? stays }] : []),
    {
      id: 'deleteRows',
      label: cell.rows === 1 ? 'Delete this row' : `Delete ${plural(cell.rows, 'row')}`,
      keys: 'editDelete',
      refusal: cell.rows === 1 ? (noRow ?? deleted) : null,
    },
    { id: 'deleteMany', label: 'Delete a range or the partition…', refusal: null },
    ...(row.cells.size > 0 || row.fate !== 'kept'
      ? [{ id: 'revert' as const, label: 'Take back the changes of this row', refusal: null }]
      : []),
  ];
}

export function menuOffers(offers: readonly Offer[], commands: EditCommands): readonly CellOffer[] {
  return offers.map(({ id, label, keys, refusal }) => ({
    id: `edit ${id}`,
    section: 'edit',
    label,
    ...(keys === undefined ? {} : { keys }),
    ...(refusal === null ? {} : { isDisabled: true, note: refusal }),
    run: commands[id],
  }));
}

/** In the palette stands only what can be done. */
export function paletteOffers(offers: readonly Offer[], commands: EditCommands): readonly Command[] {
  return offers.flatMap(({ id, label, keys, refusal }) =>
    refusal === null ? [{ id: `edit.${id}`, label, group: 'Change rows', keys, run: commands[id] }] : [],
  );
}
