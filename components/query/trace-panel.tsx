'use client';

import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import type { TraceFrame } from '@/lib/contract/frames';

type TraceEvent = TraceFrame['events'][number] & { key: string };

const COLUMNS: readonly DataColumn<TraceEvent>[] = [
  {
    id: 'elapsed',
    header: 'Elapsed µs',
    align: 'right',
    mono: true,
    cell: ({ elapsedMicros }) => elapsedMicros ?? 'unknown',
  },
  { id: 'source', header: 'Node', mono: true, cell: ({ source }) => source },
  {
    id: 'activity',
    header: 'Activity',
    rowHeader: true,
    className: 'whitespace-normal!',
    cell: ({ activity }) => activity,
  },
  { id: 'thread', header: 'Thread', mono: true, className: 'text-faint', cell: ({ thread }) => thread ?? '' },
];

/** What the nodes did for a statement, in chronological order. */
export function TracePanel({ trace }: { trace: TraceFrame }) {
  const events = trace.events.map((event, index) => ({ ...event, key: `${index}` }));
  const duration = trace.durationMicros === null ? 'duration unknown' : `${trace.durationMicros} µs`;
  return (
    <section aria-label="Trace" className="thin-scrollbar h-full overflow-auto bg-surface">
      <p className="px-4 py-2 text-muted text-xs">
        Trace <code>{trace.id}</code> · {duration}
        {trace.coordinator !== null && ` · coordinator ${trace.coordinator}`}
      </p>
      {trace.gap !== undefined && (
        <Notice tone="warn" className="mx-4 mb-2">
          {trace.gap}
        </Notice>
      )}
      <DataTable caption="Trace events" columns={COLUMNS} rows={events} rowKey={({ key }) => key} />
    </section>
  );
}
