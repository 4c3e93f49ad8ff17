import { useState } from 'react';
import { ignore, type SharedPart } from '@/components/ui/states';
import type { Selection } from '@/lib/grid/selection';
import { Grid } from './grid';
import type {
  CellFace,
  CellLooks,
  CellMenuPlace,
  CellOverlay,
  ColumnActions,
  GridColumn,
  GridCommands,
  GridRow,
} from './types';

type Value = string | number | null;

const COLUMNS: readonly GridColumn[] = [
  { key: 'origin', source: 0, name: 'origin', note: 'text', align: 'start', widthPx: 120, pinned: true },
  { key: 'day', source: 1, name: 'day', note: 'date', align: 'start', widthPx: 140, pinned: false },
  { key: 'delay', source: 2, name: 'delay', note: 'int', align: 'end', widthPx: 100, pinned: false },
];
const ROWS = 1_000;

function rowOf(row: number): GridRow<Value> {
  return ['SEA', `2001-01-${String((row % 28) + 1).padStart(2, '0')}`, row % 5 === 0 ? null : row];
}

function faceOf(value: Value): CellFace {
  return value === null ? { text: 'null', className: 'text-faint italic' } : { text: String(value) };
}

const NO_ACTIONS: ColumnActions = { resize: ignore, fit: ignore, move: ignore, sort: ignore, menu: ignore };

/** What a state of the grid, or a test, may want otherwise. */
interface StateGridProps {
  selected?: Selection | null;
  columns?: readonly GridColumn[];
  rowCount?: number;
  open?: boolean;
  rowAt?: (row: number) => GridRow<Value>;
  looks?: CellLooks;
  columnActions?: ColumnActions;
  onInspect?: () => void;
  onRecord?: () => void;
  onCellMenu?: (place: CellMenuPlace) => void;
  onCopy?: () => void;
  onFind?: () => void;
  onBack?: () => void;
  onOpen?: () => void;
  onKeys?: GridCommands['keys'];
  overlay?: CellOverlay;
}

/** A grid over made-up rows that keeps its own selection. */
export function StateGrid({ selected = null, columns = COLUMNS, rowAt = rowOf, ...props }: StateGridProps) {
  const [selection, setSelection] = useState<Selection | null>(selected);
  return (
    <Grid
      label="flights.by_origin_day"
      columns={columns}
      columnActions={props.columnActions ?? NO_ACTIONS}
      attachment={() => null}
      rows={{ count: props.rowCount ?? ROWS, open: props.open ?? false, at: rowAt, onView: ignore }}
      cells={{ faceOf, looks: props.looks }}
      selection={{ now: selection, change: setSelection }}
      commands={{
        inspect: props.onInspect ?? ignore,
        record: props.onRecord ?? ignore,
        cellMenu: props.onCellMenu ?? ignore,
        copy: props.onCopy ?? ignore,
        find: props.onFind ?? ignore,
        open: props.onOpen,
        keys: props.onKeys,
        back: props.onBack ?? ignore,
      }}
      overlay={props.overlay}
    />
  );
}

const WIDE = Array.from({ length: 500 }, (_, index): GridColumn => {
  const name = `c${index}`;
  return { key: name, source: 2, name, note: 'int', align: 'end', widthPx: 100, pinned: index < 1 };
});

const grid = ['grid', 'flights.by_origin_day'] as const;

export const gridStates: SharedPart = {
  name: 'grid',
  place: 'h-64',
  states: {
    rows: {
      draw: () => <StateGrid />,
      shows: [grid, ['columnheader', 'origin text'], ['gridcell', '2001-01-01'], ['gridcell', 'null']],
    },
    'a range is selected': {
      draw: () => <StateGrid selected={{ anchor: { row: 1, column: 1 }, active: { row: 3, column: 2 } }} />,
      shows: [grid, ['gridcell', '2001-01-02']],
    },
    'no rows': { draw: () => <StateGrid rowCount={0} />, shows: [grid, ['columnheader', 'delay int']] },
    'rows not in memory': { draw: () => <StateGrid rowAt={() => undefined} open />, shows: [grid] },
    'rows that are gone': { draw: () => <StateGrid rowAt={() => null} />, shows: [grid, ['gridcell', '–']] },
    'cells set apart': {
      draw: () => (
        <StateGrid
          looks={(row) => (row % 2 === 0 ? { className: 'bg-warn-soft!', title: 'written today' } : undefined)}
        />
      ),
      shows: [grid],
    },
    '500 columns': { draw: () => <StateGrid columns={WIDE} />, shows: [grid, ['columnheader', 'c0 int']] },
  },
};
