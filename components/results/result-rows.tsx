import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { Grid } from '@/components/grid/grid';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import { rowAt as rowOf } from '@/lib/grid/page-window';
import { type Selection, selectCell, selectedRange } from '@/lib/grid/selection';
import { cellContent } from './cell';
import { CopyMenu } from './copy-menu';
import { reachedIn } from './reached';
import { resultColumns } from './result-columns';
import type { ResultReader, ResultState } from './result-reader';
import { useCopy } from './use-copy';

const Inspector = lazy(() => import('./inspector'));

interface ResultRowsProps {
  reader: ResultReader;
  state: ResultState;
  header: HeaderFrame;
  table: Table | undefined;
  onHeader: ((column: number) => void) | undefined;
  /** What stands below the header when there is no row. */
  empty: ReactNode;
  /** The line below: how far the rows reach where no share of the ring says it, and what belongs to the selection. */
  bar: (reached: string | null, selectionTools: ReactNode) => ReactNode;
}

/** The grid over a reader's window, with selection, copying and the inspector. */
export function ResultRows({ reader, state, header, table, onHeader, empty, bar }: ResultRowsProps) {
  const { window, reading } = state;
  const holder = useRef<HTMLDivElement>(null);
  const [selection, setSelection] = useState<Selection | null>(null);
  const [inspecting, setInspecting] = useState(false);
  const { columns, types } = useMemo(() => resultColumns(header.columns, table), [header, table]);
  const renderCell = useCallback((value: JsonValue, column: number) => cellContent(value, types[column]), [types]);
  const onView = useCallback((view: { first: number; last: number }) => reader.view(view), [reader]);
  const rowAt = (row: number) => rowOf(window, row);
  const { copy, said } = useCopy(header.columns, rowAt);

  const active = selection?.active;
  const closeInspector = useCallback(() => {
    setInspecting(false);
    holder.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  }, []);
  const back = () => {
    if (inspecting) setInspecting(false);
    else setSelection((now) => (now !== null && now.anchor !== now.active ? selectCell(now.active) : null));
  };
  const tools = (
    <>
      <span role="status" className="hidden max-w-52 truncate text-muted lg:inline">
        {said}
      </span>
      {selection !== null && <CopyMenu range={selectedRange(selection)} columns={columns.length} onCopy={copy} />}
    </>
  );
  const inspected = inspecting && active !== undefined ? header.columns[active.column] : undefined;

  return (
    <>
      <div ref={holder} className="relative flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1">
          <Grid
            label={`Rows of ${reader.source.label}`}
            columns={columns}
            rowCount={window.marks.rowCount}
            open={reading.phase !== 'complete'}
            rowAt={rowAt}
            renderCell={renderCell}
            selection={selection}
            onSelection={setSelection}
            onView={onView}
            onInspect={() => setInspecting(true)}
            onCopy={() => selection !== null && copy(selectedRange(selection), 'text')}
            onBack={back}
            onHeader={onHeader}
          />
          {window.marks.rowCount === 0 && (
            <div className="absolute inset-x-0 top-11 bottom-0 overflow-auto">{empty}</div>
          )}
        </div>
        {inspected !== undefined && active !== undefined && (
          <Suspense>
            <Inspector
              row={active.row}
              column={inspected}
              value={rowAt(active.row)?.[active.column]}
              onClose={closeInspector}
            />
          </Suspense>
        )}
      </div>
      {bar(reachedIn(reading, header), tools)}
    </>
  );
}
