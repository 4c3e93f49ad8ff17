import { type ReactNode, useMemo, useRef, useState } from 'react';
import { isPressed } from '@/components/ui/shortcuts';
import type { Row } from '@/lib/client/stream';
import type { ResultColumn } from '@/lib/contract/frames';
import type { CqlType } from '@/lib/cql/types';
import { formatCount, plural } from '@/lib/text/format';
import { recordFields } from '@/lib/values/record';
import type { RowEdits } from '../editing';
import { usePanelKeys } from '../inspector/use-panel-keys';
import { RecordFields } from './record-fields';
import { RecordHead } from './record-head';
import { RecordTools, type ShownParts } from './record-tools';
import { type AgedTable, type AgesState, recordAgeRefusal, useRecordAges } from './use-record-ages';

export interface RecordViewProps {
  /** As the grid counts them, from 0; null: nothing is selected. */
  row: number | null;
  /** How many rows can be gone to. */
  rowCount: number;
  /** The row; `undefined`: not in memory (yet), `null`: gone. */
  values: Row | null | undefined;
  /** Which of the result's columns has the active cell. */
  source: number;
  columns: readonly ResultColumn[];
  types: readonly (CqlType | undefined)[];
  /** The table whose cells have write times. */
  aged: AgedTable | undefined;
  /** What can be done with the row. */
  tools?: ReactNode;
  /** Edits that wait, and how values are edited here. */
  edits?: RowEdits | undefined;
  /** Columns that the grid does not show, whose values it cannot go to. */
  isHidden: (source: number) => boolean;
  onRow: (row: number) => void;
  /** Inspects a field's value. */
  onInspect: (source: number) => void;
  onClose: () => void;
}

/** One row from top to bottom: each column's name, type and value, and when it was written. */
export default function RecordView(props: RecordViewProps) {
  const { row, rowCount, values, columns, aged, onRow, onClose } = props;
  const panel = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<ShownParts>({ search: '', hideNulls: false, withAges: false });
  const ages = useRecordAges(aged, columns, values, shown.withAges);
  const { fields, nulls } = useMemo(
    () => recordFields(columns, values ?? [], { ...shown, hideNulls: shown.hideNulls && values != null }),
    [columns, values, shown],
  );
  const goTo = (to: number) => {
    if (to >= 0 && to < rowCount) onRow(to);
  };
  usePanelKeys(panel, (event) => {
    // They are the editor's.
    if (event.target instanceof Element && event.target.closest('[data-editor]') !== null) return;
    if (isPressed('recordClose', event)) onClose();
    const step = isPressed('recordNext', event) ? 1 : isPressed('recordPrevious', event) ? -1 : 0;
    if (row === null || step === 0) return;
    event.preventDefault();
    goTo(row + step);
  });
  return (
    <aside
      ref={panel}
      aria-label="Record"
      className="absolute inset-0 z-20 flex shrink-0 flex-col bg-surface md:static md:w-[28rem] md:border-line md:border-l"
    >
      <RecordHead row={row} rowCount={rowCount} tools={props.tools} onRow={goTo} onClose={onClose} />
      <RecordTools
        shown={shown}
        nulls={values == null ? null : nulls}
        ageRefusal={recordAgeRefusal(aged, columns)}
        onChange={(change) => setShown((now) => ({ ...now, ...change }))}
      />
      <Standing ages={ages} found={values == null ? null : fields.length} of={columns.length} />
      {values == null ? (
        <p className="p-3 text-muted text-sm italic">{absenceOf(row, values)}</p>
      ) : (
        <RecordFields {...props} values={values} fields={fields} ages={ages} search={shown.search} />
      )}
    </aside>
  );
}

/** How many columns are left of all, and what the read of write times came to. */
function Standing({ ages, found, of }: { ages: AgesState; found: number | null; of: number }) {
  const parts = [
    ...(found === null || found === of ? [] : [`${formatCount(found)} of ${plural(of, 'column')}`]),
    ...(ages.state === 'reading' ? ['Reading write times…'] : []),
  ];
  return (
    <>
      <p role="status" className="px-3 py-1 text-faint text-xs empty:hidden">
        {parts.join(' · ')}
      </p>
      {ages.state === 'failed' && (
        <p role="alert" className="px-3 py-1 text-danger text-xs">
          The write times could not be read: {ages.reason}
        </p>
      )}
    </>
  );
}

function absenceOf(row: number | null, values: null | undefined): string {
  if (row === null) return 'Select a cell: its row is shown here.';
  return values === undefined ? 'Loading this row again.' : 'This row has been deleted since the table was read.';
}
