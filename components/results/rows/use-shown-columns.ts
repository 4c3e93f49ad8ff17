import { useMemo } from 'react';
import type { ColumnActions, GridColumn } from '@/components/grid/types';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import type { CqlType } from '@/lib/cql/types';
import { type ColumnLayout, isPlain, type LayoutAction } from '@/lib/grid/column-layout';
import type { ResultReader } from '@/lib/reader/result-reader';
import { tableLayoutKey } from '../columns/stored-layouts';
import { useColumnLayout } from '../columns/use-column-layout';
import type { ResultPlace } from '../place';
import { type BaseColumn, resultColumns, shownColumns } from './result-columns';

export interface ShownColumns {
  /** Those that are shown, where they are shown. */
  readonly columns: readonly GridColumn[];
  /** By the result's order. */
  readonly types: readonly (CqlType | undefined)[];
  readonly hidden: readonly BaseColumn[];
  readonly isChanged: boolean;
  readonly change: (action: LayoutAction) => void;
  readonly actions: Omit<ColumnActions, 'menu' | 'sort'>;
}

interface Options {
  reader: ResultReader;
  header: HeaderFrame;
  table: Table | undefined;
  /** Given: the layout is kept in this browser, for this place. */
  keptFor: ResultPlace | undefined;
}

/** A result's columns as a person has arranged them. */
export function useShownColumns({ reader, header, table, keptFor }: Options): ShownColumns {
  const reversed = reader.source.body.reversed === true;
  const { columns: base, types } = useMemo(
    () => resultColumns(header.columns, table, reversed),
    [header, table, reversed],
  );
  const { layout, arranged, change } = useColumnLayout(base, layoutKey(header, keptFor));
  const columns = useMemo(() => shownColumns(base, arranged), [base, arranged]);
  const keyOf = (index: number) => columns[index]?.key ?? '';
  return {
    columns,
    types,
    change,
    isChanged: !isPlain(layout),
    hidden: hiddenOf(base, layout),
    actions: {
      resize: (index, widthPx) => change({ type: 'resize', key: keyOf(index), widthPx }),
      fit: (index) => {
        const column = columns[index];
        if (column !== undefined) void fitColumn(reader, column, types[column.source], change);
      },
      move: (index, to) => change({ type: 'move', key: keyOf(index), to }),
    },
  };
}

function hiddenOf(base: readonly BaseColumn[], { hidden }: ColumnLayout): readonly BaseColumn[] {
  return base.filter(({ key }) => hidden.includes(key));
}

async function fitColumn(
  reader: ResultReader,
  column: GridColumn,
  type: CqlType | undefined,
  change: (action: LayoutAction) => void,
): Promise<void> {
  const { fittingWidth } = await import('../columns/fit-width');
  const { loaded } = reader.getState().window;
  const values: JsonValue[] = [];
  for (const rows of loaded.values()) {
    for (const row of rows) values.push(row[column.source] ?? null);
    // Rows are parsed by asking for them: frames come between two pages of them.
    await new Promise((resolve) => setTimeout(resolve));
  }
  change({ type: 'resize', key: column.key, widthPx: fittingWidth(values, type, column) });
}

function layoutKey({ columns }: HeaderFrame, place: ResultPlace | undefined) {
  if (place?.keyspace != null && place.table !== null) {
    return tableLayoutKey({ cluster: place.cluster, keyspace: place.keyspace, table: place.table });
  }
  return { kept: false, key: JSON.stringify(columns.map(({ name, type }) => [name, type])) };
}
