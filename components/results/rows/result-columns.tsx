import type { GridColumn } from '@/components/grid/types';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { NATIVE } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import type { ArrangedColumn } from '@/lib/grid/column-layout';
import { columnWidthFor } from '@/lib/grid/columns';
import { spelledOut } from '@/lib/text/unseen';
import { type ColumnMark, columnMarks } from '@/lib/values/marks';
import { columnType, isNumeric } from '@/lib/values/value-text';

/** Characters of a usual nested value: widths are fixed before the first row comes. */
const NESTED_CHARACTERS = 28;

/** A result's column as a grid shows it, wherever that may be. */
export type BaseColumn = Omit<GridColumn, 'source'>;

/** The columns as they come; `types` beside them, parsed once. `reversed`: rows come in the reversed clustering order. */
export function resultColumns(
  columns: readonly ResultColumn[],
  table: Table | undefined,
  reversed: boolean,
): { columns: readonly BaseColumn[]; types: readonly (CqlType | undefined)[] } {
  const types = columns.map(({ type }) => columnType(type));
  const keys = columnKeys(columns);
  const leading = columns.findIndex(({ kind }) => !isKey(kind));
  const base = columns.map((column, index): BaseColumn => {
    const type = types[index];
    const marks = columnMarks(column, table, reversed);
    return {
      key: keys[index] ?? '',
      name: column.name,
      note: noteOf(column),
      marks: marks.length === 0 ? undefined : <Marks marks={marks} />,
      align: isNumeric(type) ? 'end' : 'start',
      widthPx: columnWidthFor(usualCharacters(type), headerCharacters(column, marks)),
      // The key says which row it is; where other columns come first, a person wanted it so.
      pinned: leading > 0 && index < leading,
    };
  });
  return { columns: base, types };
}

/** Unique keys: a repeated name gets a number. */
export function columnKeys(columns: readonly ResultColumn[]): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  });
}

function isKey(kind: ResultColumn['kind']): boolean {
  return kind === 'partition_key' || kind === 'clustering';
}

/** The columns of `base` that are shown, where they are shown. */
export function shownColumns(base: readonly BaseColumn[], arranged: readonly ArrangedColumn[]): readonly GridColumn[] {
  return arranged.flatMap(({ source, widthPx, pinned }) => {
    const column = base[source];
    return column === undefined ? [] : [{ ...column, source, widthPx, pinned }];
  });
}

/** Timestamps are shown in UTC, and say so. */
function noteOf({ type }: ResultColumn): string {
  return type === 'timestamp' ? 'timestamp UTC' : type;
}

function usualCharacters(type: CqlType | undefined): number {
  return type?.kind === 'native' ? NATIVE[type.name].usualCharacters : NESTED_CHARACTERS;
}

function headerCharacters(column: ResultColumn, marks: readonly ColumnMark[]): number {
  const name = spelledOut(column.name).length + marks.reduce((sum, { sign }) => sum + sign.length + 2, 0);
  return Math.max(name, Math.min(noteOf(column).length, NESTED_CHARACTERS));
}

function Marks({ marks }: { marks: readonly ColumnMark[] }) {
  return marks.map(({ sign, words }) => (
    <abbr
      key={sign}
      title={words}
      className="shrink-0 rounded-sm bg-hover px-1 font-semibold text-2xs text-key no-underline"
    >
      <span aria-hidden="true">{sign}</span>
      <span className="sr-only">({words})</span>
    </abbr>
  ));
}
