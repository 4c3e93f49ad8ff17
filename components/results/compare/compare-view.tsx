import { useMemo, useState } from 'react';
import { Grid } from '@/components/grid/grid';
import type { CellFace, CellLook, ColumnActions, GridColumn } from '@/components/grid/types';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Shown } from '@/components/ui/shown';
import type { HeaderFrame, ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import type { Selection } from '@/lib/grid/selection';
import { type ComparedResult, type Comparison, compareSteps, type RowDifference } from '@/lib/local/compare';
import { compareKey } from '@/lib/local/compare-key';
import { type Extent, extentOf } from '@/lib/reader/extent';
import type { ResultReader } from '@/lib/reader/result-reader';
import { pagesInOrder } from '@/lib/reader/whole';
import { formatAge } from '@/lib/text/format';
import { cellText } from '@/lib/values/cell-text';
import { columnType } from '@/lib/values/value-text';
import type { ResultPlace } from '../place';
import { columnKeys, resultColumns } from '../rows/result-columns';
import { useResultState } from '../use-result';
import { rowsKey, useSteps } from '../use-steps';
import { countWords, doubtWords } from './compare-words';
import { usePin } from './pin-button';
import { originTable, type Pin, unpin } from './pins';

interface CompareViewProps {
  reader: ResultReader;
  header: HeaderFrame;
  table: Table | undefined;
  place: ResultPlace;
}

/** This result beside the pinned one: what was added, is gone, has changed. */
export default function CompareView(props: CompareViewProps) {
  const pinned = usePin(props.place.cluster);
  if (pinned === undefined) {
    return <EmptyState title="Nothing is pinned">Pin a result, run again, and compare the two here.</EmptyState>;
  }
  return <Compared {...props} pinned={pinned} />;
}

function Compared({ reader, header, table, place, pinned }: CompareViewProps & { pinned: Pin }) {
  const state = useResultState(reader);
  const after = { columns: header.columns, table: originTable(place) };
  const { key, words } = compareKey(pinned, after, table);
  const { result, isCurrent } = useSteps(`${pinned.key} ${pinned.atMs} ${rowsKey(state)} ${words}`, () =>
    compareSteps(
      comparedOf(pinned.columns, pinned.pages),
      comparedOf(header.columns, reader.wholeRows() ?? pagesInOrder(reader.getState().window)),
      key,
    ),
  );
  const of = `Compared with the result pinned ${formatAge(Date.now() - pinned.atMs)}: ${pinned.label}`;
  return (
    <ShownComparison
      comparison={isCurrent ? result : null}
      of={of}
      matched={words}
      extents={[pinned.extent, extentOf(state, reader.source.repeatable)]}
      columns={header.columns}
      gone={pinned.columns}
      onEnd={() => unpin(place.cluster)}
    />
  );
}

function comparedOf(columns: readonly ResultColumn[], pages: ComparedResult['pages']): ComparedResult {
  const keys = columnKeys(columns);
  return { columns: columns.map(({ type }, at) => ({ key: keys[at] ?? '', type })), pages };
}

interface ShownComparisonProps {
  /** Null: it is being worked out. */
  comparison: Comparison | null;
  /** What it is compared with. */
  of: string;
  /** How rows are matched. */
  matched: string;
  extents: readonly [before: Extent, after: Extent];
  columns: readonly ResultColumn[];
  /** The columns of the pinned result. */
  gone: readonly ResultColumn[];
  onEnd: () => void;
}

export function ShownComparison({ comparison, of, matched, extents, onEnd, ...columns }: ShownComparisonProps) {
  return (
    <section aria-label="Comparison" className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1">
        <p role="status" className="font-medium text-sm tabular-nums">
          {comparison === null ? 'Comparing…' : countWords(comparison.counts)}
        </p>
        <p className="min-w-0 flex-1 truncate text-muted text-xs" title={of}>
          <Shown text={of} as="line" />
        </p>
        <Button size="sm" variant="ghost" onClick={onEnd}>
          Unpin
        </Button>
      </div>
      <div className="min-h-0 flex-1">
        {comparison !== null && <Differences comparison={comparison} {...columns} />}
      </div>
      <p className="shrink-0 border-line border-t px-3 py-1 text-faint text-xs">
        {matched} {comparison !== null && doubtWords(...extents, comparison)}
      </p>
    </section>
  );
}

/** A cell of the list: what it was and is; undefined where the row, or the column, was not there. */
interface DifferenceCell {
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly isChanged: boolean;
}

type Cell = DifferenceCell | RowDifference['kind'];

const NO_ACTIONS: ColumnActions = { resize: ignore, fit: ignore, move: ignore, menu: ignore, sort: ignore };
const COMMANDS = { inspect: ignore, record: ignore, cellMenu: ignore, copy: ignore, find: ignore, back: ignore };

function Differences({
  comparison,
  columns,
  gone,
}: Pick<ShownComparisonProps, 'columns' | 'gone'> & { comparison: Comparison }) {
  const [selection, setSelection] = useState<Selection | null>(null);
  const { shown, types } = useMemo(() => shownColumns(comparison, columns, gone), [comparison, columns, gone]);
  const { differences } = comparison;
  const cells = useMemo(
    () => ({
      faceOf: (cell: Cell, source: number) => faceOf(cell, types[source - 1]),
      looks: (row: number, source: number) => lookOf(differences[row], source - 1),
    }),
    [types, differences],
  );
  if (differences.length === 0) return <EmptyState title="No differences">Every row is the same in both.</EmptyState>;
  return (
    <Grid<Cell>
      label="Differences"
      columns={shown}
      columnActions={NO_ACTIONS}
      attachment={() => null}
      rows={{
        count: differences.length,
        open: false,
        at: (row) => cellsOf(differences[row], comparison),
        onView: ignore,
      }}
      cells={cells}
      selection={{ now: selection, change: setSelection }}
      commands={COMMANDS}
    />
  );
}

function ignore(): void {}

/** Both values of a cell that has changed stand in it. */
const MOST_PX = 480;

/** What the row is comes first, and stays in view. */
function shownColumns(
  { columns, differences }: Comparison,
  after: readonly ResultColumn[],
  before: readonly ResultColumn[],
) {
  const found = columns
    .map((column) => after[column.after] ?? before[column.before])
    .filter((one) => one !== undefined);
  const { columns: base } = resultColumns(found, undefined, false);
  const kind: GridColumn = {
    key: '',
    source: 0,
    name: 'Row',
    note: 'difference',
    align: 'start',
    widthPx: 84,
    pinned: true,
  };
  const shown = base.map((column, at): GridColumn => {
    const one = columns[at];
    const where = one?.before === -1 ? 'only now' : one?.after === -1 ? 'only before' : column.note;
    const isChanged = differences.some((one) => one.kind === 'changed' && one.changed.includes(at));
    const widthPx = isChanged ? Math.min(MOST_PX, column.widthPx * 2) : column.widthPx;
    return { ...column, widthPx, key: `column ${column.key}`, source: at + 1, note: where, pinned: false };
  });
  return { shown: [kind, ...shown], types: found.map(({ type }) => columnType(type)) };
}

function cellsOf(difference: RowDifference | undefined, { columns }: Comparison): readonly Cell[] | null {
  if (difference === undefined) return null;
  const before = difference.kind === 'added' ? undefined : difference.before;
  const after = difference.kind === 'gone' ? undefined : difference.after;
  const changed = difference.kind === 'changed' ? difference.changed : [];
  return [
    difference.kind,
    ...columns.map((column, at) => ({
      before: column.before === -1 ? undefined : before?.[column.before],
      after: column.after === -1 ? undefined : after?.[column.after],
      isChanged: changed.includes(at),
    })),
  ];
}

const SIGNS: Readonly<Record<RowDifference['kind'], string>> = { added: '+', gone: '−', changed: '≠' };

function faceOf(cell: Cell, type: ReturnType<typeof columnType>): CellFace {
  if (typeof cell === 'string') return { text: `${SIGNS[cell]} ${cell}` };
  const { before, after, isChanged } = cell;
  const text = (value: JsonValue | undefined) => (value === undefined ? '' : cellText(value, type));
  if (!isChanged) {
    const one = text(after ?? before);
    return { text: one, content: <Shown text={one} as="line" /> };
  }
  const content = (
    <>
      <del className="text-muted">
        <Shown text={text(before)} as="line" />
      </del>
      {' → '}
      <ins className="font-semibold no-underline">
        <Shown text={text(after)} as="line" />
      </ins>
    </>
  );
  return { text: `${text(before)} → ${text(after)}`, content };
}

const ADDED: CellLook = { className: 'bg-ok-soft!' };
const GONE: CellLook = { className: 'bg-danger-soft!' };
const GONE_VALUE: CellLook = { className: 'bg-danger-soft! line-through' };
const CHANGED: CellLook = { className: 'bg-warn-soft!' };

/** @param at place among the compared columns; -1: what the row is */
function lookOf(difference: RowDifference | undefined, at: number): CellLook | undefined {
  switch (difference?.kind) {
    case 'added':
      return ADDED;
    case 'gone':
      return at < 0 ? GONE : GONE_VALUE;
    case 'changed':
      return difference.changed.includes(at) ? CHANGED : undefined;
    default:
      return undefined;
  }
}
