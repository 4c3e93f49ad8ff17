import type { GridColumn } from '@/components/grid/types';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import type { CqlType } from '@/lib/cql/types';
import { columnWidthFor } from '@/lib/grid/columns';
import { type ColumnMark, columnMarks } from './marks';
import { columnType, isNumeric } from './value-text';

/** Characters that values of a type usually have: widths are fixed before the first row comes. */
const USUAL_CHARACTERS: Readonly<Record<string, number>> = {
  ...{
    boolean: 5,
    tinyint: 4,
    smallint: 6,
    int: 11,
    bigint: 20,
    counter: 12,
    varint: 14,
    decimal: 12,
    float: 13,
    double: 22,
  },
  ...{ ascii: 18, text: 18, blob: 22, inet: 15, uuid: 36, timeuuid: 36 },
  ...{ date: 10, time: 18, timestamp: 24, duration: 16 },
};
const NESTED_CHARACTERS = 28;

/** The grid's columns for a result's; `types` beside them, parsed once. */
export function resultColumns(
  columns: readonly ResultColumn[],
  table: Table | undefined,
): { columns: readonly GridColumn[]; types: readonly (CqlType | undefined)[] } {
  const types = columns.map(({ type }) => columnType(type));
  const grid = columns.map((column, index): GridColumn => {
    const type = types[index];
    const marks = columnMarks(column, table);
    return {
      key: `${index} ${column.name}`,
      name: column.name,
      note: noteOf(column),
      marks: marks.length === 0 ? undefined : <Marks marks={marks} />,
      align: isNumeric(type) ? 'end' : 'start',
      widthPx: columnWidthFor(usualCharacters(type), headerCharacters(column, marks)),
    };
  });
  return { columns: grid, types };
}

/** Timestamps are shown in UTC, and say so. */
function noteOf({ type }: ResultColumn): string {
  return type === 'timestamp' ? 'timestamp UTC' : type;
}

function usualCharacters(type: CqlType | undefined): number {
  return type?.kind === 'native' ? (USUAL_CHARACTERS[type.name] ?? NESTED_CHARACTERS) : NESTED_CHARACTERS;
}

function headerCharacters(column: ResultColumn, marks: readonly ColumnMark[]): number {
  const name = column.name.length + marks.reduce((sum, { sign }) => sum + sign.length + 2, 0);
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
