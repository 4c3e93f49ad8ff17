import type { CellLook, CellLooks, GridRows } from '@/components/grid/types';
import type { JsonValue } from '@/lib/contract/json';
import type { EditableRows } from '@/lib/edit/editable';
import type { ShownCell, ShownChanges, ShownRow } from '@/lib/edit/shown-changes';
import { cellText } from '@/lib/values/cell-text';
import { ttlWords } from './ttl-words';

/** How cells with changes that wait are set apart: by a tint over whatever ground they have, a mark, and words. */

const tint = (colour: string) => {
  const soft = `color-mix(in srgb, var(${colour}) 16%, transparent)`;
  return `linear-gradient(${soft}, ${soft})`;
};
/** A corner, so that it is not known by its colour alone. */
const corner = (colour: string, at: 'top left' | 'bottom left') =>
  `linear-gradient(${at === 'top left' ? '135deg' : '45deg'}, var(${colour}) 5px, transparent 5.5px)`;

const EDITED = { backgroundImage: `${corner('--warn', 'top left')}, ${tint('--warn')}` };
const EDITED_SINCE = {
  backgroundImage: `${corner('--warn', 'top left')}, ${corner('--danger', 'bottom left')}, ${tint('--warn')}`,
};
const DELETED = { backgroundImage: tint('--danger'), textDecorationLine: 'line-through', color: 'var(--danger)' };
const MOVED = { backgroundImage: tint('--warn'), fontStyle: 'italic' };
const NEW = { backgroundImage: tint('--ok') };

/** The looks of the rows that are shown; undefined where nothing waits. */
export function looksOf(rows: EditableRows, shown: ShownChanges, at: GridRows<JsonValue>['at']): CellLooks | undefined {
  if (shown.isEmpty) return undefined;
  return (row, source) => {
    const values = at(row);
    if (values == null) return undefined;
    const found = shown.of(values);
    const cell = found.cells.get(source);
    if (found.fate === 'deleted') return { style: DELETED, title: deletedWords(found) };
    if (cell !== undefined) return cellLook(rows, cell, source);
    return found.fate === 'moved' ? { style: MOVED, title: movedWords(found) } : undefined;
  };
}

export const NEW_LOOK: CellLook = { style: NEW, title: 'New row: it is not written yet' };

function cellLook({ columns }: EditableRows, cell: ShownCell, source: number): CellLook {
  const column = columns[source];
  const words = [
    `Was ${cellText(cell.before, column?.type)}`,
    ...(column?.kind === 'static' ? ['static: it changes in all rows of the partition'] : []),
    ...(cell.ttlSeconds === undefined ? [] : [ttlWords(cell.ttlSeconds)]),
    ...(cell.hasChanged ? ['changed by somebody since you edited it'] : []),
  ];
  return { style: cell.hasChanged ? EDITED_SINCE : EDITED, title: words.join(' · ') };
}

function deletedWords({ hasChanged }: ShownRow): string {
  return hasChanged ? 'To be deleted · changed by somebody since you deleted it' : 'To be deleted';
}

function movedWords({ to = {}, hasChanged }: ShownRow): string {
  const key = Object.entries(to).map(([name, value]) => `${name} = ${cellText(value, undefined)}`);
  return `To be moved: ${key.join(', ')}${hasChanged ? ' · changed by somebody since you moved it' : ''}`;
}
