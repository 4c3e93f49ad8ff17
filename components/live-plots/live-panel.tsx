import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { focusableWhileScrolling } from '@/components/ui/focus';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import type { LiveLine, LiveResponse } from '@/lib/contract/live';
import { liveText } from '@/lib/live/plots';
import { SERIES, type SeriesName } from '@/lib/live/series';
import { formatInterval } from '@/lib/text/format';
import { DrawnPlot } from './drawn-plot';
import { LINE_COLOURS, LINE_DASHES } from './line-looks';

/** Rows of a table of numbers, newest first: an hour at the shortest interval. */
const MOST_ROWS = 360;

interface LivePanelProps {
  title: string;
  note: string;
  series: SeriesName;
  data: LiveResponse;
  lines: readonly LiveLine[];
  span: readonly [fromMs: number, toMs: number];
  marks: readonly number[];
  place: number | null;
  onPlace: (place: number | null) => void;
  asTable: boolean;
}

/** One series of all nodes that are shown: a picture or a table, its numbers, its source and how often it is asked. */
export function LivePanel({ title, note, series, data, lines, asTable, ...plot }: LivePanelProps) {
  const { unit } = SERIES[series];
  const at = plot.place ?? data.times.length - 1;
  const words = lines.map((line) => `${nodeName(line)} ${liveText(series, line.values[at] ?? null)}`);
  const time = data.times[at];
  return (
    <Panel
      title={title}
      note={
        <>
          {unit} · {note} · {sourceWords(series, data)}
        </>
      }
      flush
    >
      {asTable ? (
        <NumberTable title={title} series={series} data={data} lines={lines} fromMs={plot.span[0]} />
      ) : (
        <div className="px-1 pt-2">
          <DrawnPlot
            {...plot}
            label={`${title}, ${unit}`}
            unit={unit}
            times={data.times}
            lines={lines.map(({ values }) => values)}
            valueText={time === undefined ? 'nothing yet' : `${clock(time)} ${words.join(', ')}`}
          />
        </div>
      )}
      <Numbers series={series} lines={lines} at={at} time={time} />
    </Panel>
  );
}

/** Which line is which, and its number at the cursor or now. */
function Numbers({
  series,
  lines,
  at,
  time,
}: {
  series: SeriesName;
  lines: readonly LiveLine[];
  at: number;
  time: number | undefined;
}) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-0.5 px-3 py-1.5 text-xs">
      <span className="text-faint tabular-nums">{time === undefined ? '' : clock(time)}</span>
      {lines.map((line, index) => (
        <span key={nodeName(line)} className="flex min-w-0 items-center gap-1.5">
          <svg
            width={18}
            height={8}
            aria-hidden="true"
            className="shrink-0"
            style={{ color: LINE_COLOURS[index] ?? 'currentColor' }}
          >
            <line
              x2={18}
              y1={4}
              y2={4}
              stroke="currentColor"
              strokeWidth={2}
              strokeDasharray={(LINE_DASHES[index] ?? []).join(' ')}
            />
          </svg>
          <span className="text-muted">
            <Shown text={nodeName(line)} as="text" />
          </span>
          <span className="font-mono tabular-nums">{liveText(series, line.values[at] ?? null)}</span>
        </span>
      ))}
    </div>
  );
}

interface NumberTableProps extends Pick<LivePanelProps, 'title' | 'series' | 'data' | 'lines'> {
  fromMs: number;
}

function NumberTable({ title, series, data: { times }, lines, fromMs }: NumberTableProps) {
  const places = [...times.keys()].filter((place) => (times[place] ?? 0) >= fromMs).slice(-MOST_ROWS);
  const columns: DataColumn<number>[] = [
    { id: 'time', header: 'Time', cell: (place) => clock(times[place] ?? 0), mono: true, rowHeader: true },
    ...lines.map(
      (line): DataColumn<number> => ({
        id: nodeName(line),
        header: nodeName(line),
        cell: (place) => liveText(series, line.values[place] ?? null),
        align: 'right',
        mono: true,
      }),
    ),
  ];
  return (
    <div ref={focusableWhileScrolling} className="thin-scrollbar max-h-72 overflow-y-auto">
      <DataTable caption={title} columns={columns} rows={places.toReversed()} rowKey={String} />
    </div>
  );
}

function nodeName({ node }: LiveLine): string {
  return node ?? 'all nodes that answered';
}

function sourceWords(series: SeriesName, { sources }: LiveResponse): string {
  const found = sources.find(({ source }) => source === SERIES[series].source);
  return found === undefined ? SERIES[series].source : `${found.shown}, every ${formatInterval(found.everyMs)}`;
}

/** UTC, to the second. */
function clock(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 19)} UTC`;
}
