import { useVirtualizer } from '@tanstack/react-virtual';
import { X } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import { Shown } from '@/components/ui/shown';
import { jsonText } from '@/lib/contract/json';
import type { LocalColumn } from '@/lib/local/quick-filter';
import type { ColumnSummary } from '@/lib/local/summary';
import { type Extent, extentOf, extentWords } from '@/lib/reader/extent';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import { wholenessOf } from '@/lib/reader/wholeness';
import { formatCount, formatShare, plural } from '@/lib/text/format';
import { spelledOut } from '@/lib/text/unseen';
import { cellText } from '@/lib/values/cell-text';
import { usePanelKeys } from '../inspector/use-panel-keys';
import { rowsKey } from '../use-steps';
import { HistogramBars } from './histogram-bars';
import { useSummaries } from './use-summaries';

/** A column with a histogram, before it is measured. */
const COLUMN_PX = 112;
const TOP_SHOWN = 3;
const LIST = { role: 'list', 'aria-label': 'Summaries of the columns', tabIndex: 0 } as const;

function itemAria(index: number, count: number) {
  return { role: 'listitem', 'aria-setsize': count, 'aria-posinset': index + 1 } as const;
}

interface SummaryPanelProps {
  reader: ResultReader;
  state: ResultState;
  columns: readonly LocalColumn[];
  /** Opens all that is known of one column, by its place in a row. */
  onColumn: (source: number) => void;
  onClose: () => void;
}

/** What every column holds, over the rows in memory; it says which those are. */
export default function SummaryPanel({ reader, state, columns, onColumn, onClose }: SummaryPanelProps) {
  const summaries = useSummaries(reader, columns, `${columns.length} ${rowsKey(state)}`);
  const { repeatable } = reader.source;
  const canRead = wholenessOf(state, repeatable).kind === 'readable' && state.whole === 'unread';
  return (
    <ShownSummaries
      {...{ columns, summaries, onColumn, onClose }}
      extent={extentOf(state, repeatable)}
      onReadAll={canRead ? () => reader.readWhole() : undefined}
    />
  );
}

interface ShownSummariesProps extends Pick<SummaryPanelProps, 'columns' | 'onColumn' | 'onClose'> {
  /** Of the first columns: the others are being worked out. */
  summaries: readonly ColumnSummary[];
  extent: Extent;
  onReadAll: (() => void) | undefined;
}

export function ShownSummaries({ columns, summaries, extent, onColumn, onReadAll, onClose }: ShownSummariesProps) {
  const panel = useRef<HTMLElement>(null);
  usePanelKeys(panel, (event) => {
    if (isPressed('recordClose', event)) onClose();
  });
  const isWorking = summaries.length < columns.length;
  return (
    <aside
      ref={panel}
      aria-label="Summary"
      className="absolute inset-0 z-20 flex shrink-0 flex-col bg-surface md:static md:w-80 md:border-line md:border-l"
    >
      <header className="flex h-11 shrink-0 items-center gap-1 border-line border-b px-3">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-sm">Summary of {plural(columns.length, 'column')}</h2>
        <IconButton label="Close the summary" keys="recordClose" size="sm" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </header>
      <div className="flex shrink-0 items-center gap-2 border-line border-b px-3 py-1.5">
        <p role="status" className="min-w-0 flex-1 text-muted text-xs">
          {extentWords(extent)}
          {isWorking && ` Counting: ${formatCount(summaries.length)} of ${plural(columns.length, 'column')}…`}
        </p>
        {onReadAll !== undefined && (
          <Button size="sm" onClick={onReadAll}>
            Read all rows
          </Button>
        )}
      </div>
      <Columns columns={columns} summaries={summaries} onColumn={onColumn} />
    </aside>
  );
}

/** The columns, of which only those in view are in the page: a result may have thousands. */
function Columns({ columns, summaries, onColumn }: Pick<ShownSummariesProps, 'columns' | 'summaries' | 'onColumn'>) {
  const element = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: columns.length,
    getScrollElement: () => element.current,
    estimateSize: () => COLUMN_PX,
    overscan: 4,
  });
  return (
    <div ref={element} {...LIST} className="thin-scrollbar min-h-0 flex-1 overflow-auto">
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const column = columns[index];
          return column === undefined ? null : (
            <div
              key={column.key}
              ref={virtualizer.measureElement}
              data-index={index}
              {...itemAria(index, columns.length)}
              className="absolute inset-x-0 space-y-1 border-line border-b px-3 py-2"
              style={{ top: start }}
            >
              <Column column={column} summary={summaries[index]} onOpen={() => onColumn(column.source)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface ColumnProps {
  column: LocalColumn;
  summary: ColumnSummary | undefined;
  onOpen: () => void;
}

function Column({ column: { key, type }, summary, onOpen }: ColumnProps) {
  const text = (value: ColumnSummary['top'][number]['value']) => <Shown text={cellText(value, type, 40)} as="line" />;
  return (
    <>
      <div className="flex items-baseline gap-2">
        <button
          type="button"
          aria-label={`Summary of ${spelledOut(key)}`}
          onClick={onOpen}
          className="min-h-6 min-w-6 truncate text-left font-mono font-semibold text-xs hover:underline"
        >
          <Shown text={key} as="name" />
        </button>
        {summary !== undefined && (
          <span className="ml-auto shrink-0 text-2xs text-muted tabular-nums">
            {plural(summary.distinct, 'distinct', 'distinct')} · {nullText(summary)}
          </span>
        )}
      </div>
      {summary === undefined && <p className="text-faint text-xs">Counting…</p>}
      {summary?.range != null && (
        <p className="flex min-w-0 flex-wrap gap-x-1 font-mono text-xs">
          <span className="min-w-0 truncate">{text(summary.range.least)}</span>
          <span className="shrink-0 text-faint">…</span>
          <span className="min-w-0 truncate">{text(summary.range.most)}</span>
        </p>
      )}
      {summary?.histogram != null && <HistogramBars of={summary.histogram} type={type} />}
      {summary !== undefined && summary.histogram === null && summary.distinct > 0 && (
        <ol className="space-y-0.5">
          {summary.top.slice(0, TOP_SHOWN).map(({ value, count }) => (
            <li key={jsonText(value)} className="relative flex gap-2 px-1 text-xs">
              <span
                aria-hidden="true"
                className="absolute inset-y-0 left-0 bg-accent-soft"
                style={{ width: `${(count / summary.rows) * 100}%` }}
              />
              <span className="relative min-w-0 flex-1 truncate font-mono">{text(value)}</span>
              <span className="relative shrink-0 text-muted tabular-nums">{formatShare(count / summary.rows)}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function nullText({ nulls, rows }: ColumnSummary): string {
  return nulls === 0 ? 'no nulls' : `${formatShare(nulls / rows)} null`;
}
