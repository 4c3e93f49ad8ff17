import type { CellLook, CellLooks, GridRows } from '@/components/grid/types';
import type { JsonValue } from '@/lib/contract/json';
import type { EditableRows } from '@/lib/edit/editable';
import { type ChangeEnding, endingTitle } from '@/lib/edit/ending';
import type { ShownCell, ShownChanges, ShownRow } from '@/lib/edit/shown-changes';
import { cellText } from '@/lib/values/cell-text';
import { ttlWords } from './ttl-words';

/** How cells with changes that wait are set apart: by a tint over whatever ground they have, a mark, and words. */

const tint = (colour: string) => {
  const soft = `color-mix(in srgb, var(${colour}) 16%, transparent)`;
  return `linear-gradient(${soft}, ${soft})`;
};
/** A corner, so that it is not known by its colour alone. */
const corner = (colour: string, at: keyof typeof ANGLES) =>
  `linear-gradient(${ANGLES[at]}, var(${colour}) 5px, transparent 5.5px)`;
const ANGLES = { 'top left': '135deg', 'bottom left': '45deg', 'top right': '225deg' } as const;

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
    if (found.fate === 'deleted') return ended({ style: DELETED, title: deletedWords(found) }, found.ending);
    if (cell !== undefined) return ended(cellLook(rows, cell, source), cell.ending);
    return found.fate === 'moved' ? ended({ style: MOVED, title: movedWords(found) }, found.ending) : undefined;
  };
}

const NEW_LOOK: CellLook = { style: NEW, title: 'New row: it is not written yet' };

/** The look of a new row. */
export function newLook(ending: ChangeEnding | undefined): CellLook {
  return ended(NEW_LOOK, ending);
}

/** A look with how the last run of the change ended: a corner, and the reason. */
function ended(look: CellLook, ending: ChangeEnding | undefined): CellLook {
  if (ending === undefined) return look;
  const { backgroundImage } = look.style ?? {};
  const mark = corner(ending.outcome === 'unknown' ? '--warn' : '--danger', 'top right');
  const style = {
    ...look.style,
    backgroundImage: backgroundImage === undefined ? mark : `${mark}, ${backgroundImage}`,
  };
  return { style, title: [look.title, endingTitle(ending)].filter((one) => one !== undefined).join(' · ') };
}

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
