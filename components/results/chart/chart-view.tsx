import { Table2 } from 'lucide-react';
import { type RefObject, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { saveFile } from '@/components/ui/save-file';
import { Shown, shown } from '@/components/ui/shown';
import { toast } from '@/components/ui/toasts';
import type { HeaderFrame } from '@/lib/contract/frames';
import { type ChartColumn, type ChartData, type ChartPlan, chartSteps, suggestedPlan } from '@/lib/local/chart';
import { type Extent, extentOf, extentWords } from '@/lib/reader/extent';
import type { ResultReader } from '@/lib/reader/result-reader';
import { pagesInOrder } from '@/lib/reader/whole';
import { columnType } from '@/lib/values/value-text';
import { columnKeys } from '../rows/result-columns';
import { useResultState } from '../use-result';
import { rowsKey, useSteps } from '../use-steps';
import { ChartControls, type Chosen, usualKind } from './chart-controls';
import { chartCsv, chartPng } from './chart-files';
import { ChartTable } from './chart-table';
import { limitWords, placeWords } from './chart-words';
import { Plot } from './plot';
import { SERIES_LOOKS } from './plot-looks';

interface ChartViewProps {
  reader: ResultReader;
  header: HeaderFrame;
}

/** A chart of the rows that were read: numbers over time, by category, or against each other. */
export default function ChartView({ reader, header }: ChartViewProps) {
  const columns = useMemo(() => chartColumns(header), [header]);
  const [chosen, setChosen] = useState<Chosen | null>(() => {
    const plan = suggestedPlan(columns);
    return plan === null ? null : { plan, kind: usualKind(plan) };
  });
  if (chosen === null) {
    return (
      <EmptyState title="Nothing to draw">
        A chart needs a column of numbers, and another one of times, names or numbers to draw it along.
      </EmptyState>
    );
  }
  return <Chart {...{ reader, columns, chosen }} onChange={setChosen} />;
}

function chartColumns({ columns }: HeaderFrame) {
  const keys = columnKeys(columns);
  return columns.map(({ type, kind }, source) => ({
    key: keys[source] ?? '',
    source,
    type: columnType(type),
    kind,
  }));
}

interface ChartProps {
  reader: ResultReader;
  columns: ReturnType<typeof chartColumns>;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

function Chart({ reader, columns, chosen, onChange }: ChartProps) {
  const { plan } = chosen;
  const state = useResultState(reader);
  const key = `${rowsKey(state)} ${JSON.stringify([plan.x.source, plan.ys.map(({ source }) => source), plan.combine])}`;
  const { result: data, isCurrent } = useSteps(key, () => chartSteps(rowsOf(reader), plan));
  const { label, repeatable } = reader.source;
  return <ShownChart {...{ columns, chosen, data, isCurrent, label, onChange }} extent={extentOf(state, repeatable)} />;
}

interface ShownChartProps {
  columns: readonly ChartColumn[];
  chosen: Chosen;
  /** Null: it is being worked out. */
  data: ChartData | null;
  /** False: more rows have come since. */
  isCurrent: boolean;
  extent: Extent;
  /** Names what the rows are of. */
  label: string;
  onChange: (chosen: Chosen) => void;
}

/** A chart with its choices, what it is of, and what it leaves out. */
export function ShownChart({ columns, chosen, data, isCurrent, extent, label, onChange }: ShownChartProps) {
  const { plan, kind } = chosen;
  const [asTable, setAsTable] = useState(false);
  const drawn = useRef<uPlot | null>(null);
  return (
    <section aria-label="Chart" className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-2 border-line border-b px-3 py-1">
        <ChartControls columns={columns} chosen={chosen} isCombined={data?.isCombined ?? false} onChange={onChange} />
        {data !== null && (
          <div className="ml-auto flex items-center gap-1">
            <Button
              size="sm"
              variant="ghost"
              icon={<Table2 size={14} aria-hidden="true" />}
              aria-pressed={asTable}
              onClick={() => setAsTable((now) => !now)}
            >
              Table
            </Button>
            <Files {...{ data, plan, drawn, label }} hasPicture={!asTable} />
          </div>
        )}
      </div>
      {data === null ? (
        <p role="status" className="p-4 text-muted text-sm">
          Drawing…
        </p>
      ) : (
        <Body {...{ data, plan, kind, drawn, asTable }} />
      )}
      <p className="shrink-0 border-line border-t px-3 py-1 text-faint text-xs">
        {extentWords(extent)}
        {data !== null && limitWords(data, plan.x.key, plan.combine).join(' ')}
        {data !== null && !isCurrent && ' Drawing the rows that have come since…'}
      </p>
    </section>
  );
}

function rowsOf(reader: ResultReader) {
  return reader.wholeRows() ?? pagesInOrder(reader.getState().window);
}

interface BodyProps {
  data: ChartData;
  plan: ChartPlan;
  kind: Chosen['kind'];
  drawn: RefObject<uPlot | null>;
  asTable: boolean;
}

function Body({ data, plan, kind, drawn, asTable }: BodyProps) {
  const [held, setHeld] = useState<{ data: ChartData; place: number | null }>({ data, place: null });
  const place = held.data === data ? held.place : null;
  if (asTable) return <ChartTable x={plan.x.key} data={data} />;
  if (data.xs.length === 0) return <EmptyState title="No row has a place in this chart" />;
  const names = data.series.map((one) => one.key).join(', ');
  return (
    <>
      <Legend series={data.series.map((one) => one.key)} />
      <Plot
        label={`Chart of ${names} by ${plan.x.key}`}
        data={data}
        kind={kind}
        place={place}
        onPlace={(next) => setHeld({ data, place: next })}
        drawn={drawn}
      />
      <p role="status" aria-label="Values" className="min-h-6 shrink-0 px-3 py-1 font-mono text-xs">
        {place === null ? (
          <span className="font-sans text-faint">Point at the chart, or move with the arrow keys, to read values.</span>
        ) : (
          shown(placeWords(data, place))
        )}
      </p>
    </>
  );
}

/** The names of what is drawn, each with its colour and dashes. */
function Legend({ series }: { series: readonly string[] }) {
  return (
    <ul aria-label="Drawn" className="flex shrink-0 flex-wrap gap-x-4 px-3 pt-2 text-xs">
      {series.map((name, at) => {
        const { colour, dash } = SERIES_LOOKS[at] ?? { colour: 'currentColor', dash: [] };
        return (
          <li key={name} className="flex items-center gap-1.5">
            <svg width={20} height={8} aria-hidden="true" style={{ color: colour }}>
              <line x2={20} y1={4} y2={4} stroke="currentColor" strokeWidth={3} strokeDasharray={dash.join(' ')} />
            </svg>
            <Shown text={name} as="name" />
          </li>
        );
      })}
    </ul>
  );
}

interface FilesProps {
  data: ChartData;
  plan: ChartPlan;
  drawn: RefObject<uPlot | null>;
  label: string;
  hasPicture: boolean;
}

/** The chart as a picture, and its values as a file. */
function Files({ data, plan, drawn, label, hasPicture }: FilesProps) {
  const name = `chart of ${data.series.map(({ key }) => key).join(' and ')} by ${plan.x.key}`;
  const savePicture = async () => {
    if (drawn.current === null) return;
    const blob = await chartPng(
      drawn.current,
      label,
      data.series.map(({ key }) => key),
    );
    if (blob === null) toast({ text: 'This browser could not make a picture of the chart.', tone: 'danger' });
    else saveFile(name, 'png', blob);
  };
  const saveValues = () => saveFile(name, 'csv', new Blob([chartCsv(plan.x.key, data)], { type: 'text/csv' }));
  return (
    <>
      <Button size="sm" variant="ghost" disabled={!hasPicture} onClick={() => void savePicture()}>
        PNG
      </Button>
      <Button size="sm" variant="ghost" onClick={saveValues}>
        CSV
      </Button>
    </>
  );
}
