import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { TRACE_GROUPS } from '@/lib/trace/groups';
import type { Lane, LaneEvent } from '@/lib/trace/lanes';
import { clockText, formatMicros } from '@/lib/trace/micros';
import type { Wait } from '@/lib/trace/waits';

type Line = LaneEvent & { readonly isSlow: boolean };

const COLUMNS: readonly DataColumn<Line>[] = [
  { id: 'source', header: 'Node', mono: true, cell: ({ source }) => source },
  {
    id: 'elapsed',
    header: 'Elapsed on the node',
    align: 'right',
    mono: true,
    cell: ({ offsetMicros }) => (offsetMicros === null ? 'unknown' : formatMicros(offsetMicros)),
  },
  {
    id: 'next',
    header: 'Until its next',
    align: 'right',
    mono: true,
    cell: ({ untilNextMicros }) => (untilNextMicros === null ? '' : formatMicros(untilNextMicros)),
  },
  { id: 'group', header: 'Group', cell: ({ group }) => TRACE_GROUPS[group] },
  {
    id: 'activity',
    header: 'Activity',
    rowHeader: true,
    className: 'whitespace-normal! min-w-64',
    cell: ({ activity }) => activity,
  },
  { id: 'path', header: 'Longest path', cell: ({ isSlow }) => (isSlow ? 'yes' : '') },
  {
    id: 'clock',
    header: 'The node’s clock',
    mono: true,
    className: 'text-faint',
    cell: ({ atMicros }) => (atMicros === null ? 'unknown' : clockText(atMicros)),
  },
  { id: 'thread', header: 'Thread', mono: true, className: 'text-faint', cell: ({ thread }) => thread ?? '' },
];

/** The events in the order of the nodes' clocks, as the trace has them: nothing is moved. */
export function TraceTable({ lanes, slowest }: { lanes: readonly Lane[]; slowest: Wait | null }) {
  const path = new Set(slowest?.path);
  const lines = lanes
    .flatMap(({ events }) => events)
    .sort((one, other) => one.index - other.index)
    .map((event) => ({ ...event, isSlow: path.has(event.index) }));
  return <DataTable caption="Trace events" columns={COLUMNS} rows={lines} rowKey={({ index }) => `${index}`} />;
}
