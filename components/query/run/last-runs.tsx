import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Popover } from '@/components/ui/popover';
import { lastRunsQuery } from '@/lib/client/history';
import type { LastRun } from '@/lib/contract/history';
import { type RunEnd, runEndOf } from '@/lib/contract/run-ends';
import { formatCount, formatElapsed } from '@/lib/text/format';
import { runsWords, runWords } from '@/lib/workbench/last-runs';
import { END_WORDS } from '@/lib/workbench/outcome-words';

interface LastRunsProps {
  cluster: string;
  statement: string;
  keyspace: string | null;
}

/** How long this statement took the last times, as bars; a press lists them. */
export default function LastRuns({ cluster, statement, keyspace }: LastRunsProps) {
  const { data } = useQuery(lastRunsQuery(cluster, statement, keyspace));
  const runs = useMemo(() => data?.runs.toReversed() ?? [], [data]);
  // One run alone compares with nothing.
  return runs.length < 2 ? null : <ShownRuns runs={runs} />;
}

const [BAR_PX, GAP_PX, HEIGHT_PX] = [4, 1, 16];

/** @param runs the oldest first */
export function ShownRuns({ runs }: { runs: readonly LastRun[] }) {
  const most = Math.max(1, ...runs.map(({ elapsedMs }) => elapsedMs));
  const widthPx = runs.length * (BAR_PX + GAP_PX);
  return (
    <Popover
      label="Last runs of this statement"
      align="end"
      trigger={
        <Button size="sm" variant="ghost" aria-label={runsWords(runs)}>
          <svg width={widthPx} height={HEIGHT_PX} aria-hidden="true">
            <rect y={HEIGHT_PX - 1} width={widthPx} height={1} fill="var(--line-strong)" />
            {runs.map((run, at) => {
              const heightPx = Math.max(1.5, (run.elapsedMs / most) * HEIGHT_PX);
              return (
                <rect
                  key={run.id}
                  x={at * (BAR_PX + GAP_PX)}
                  y={HEIGHT_PX - heightPx}
                  width={BAR_PX}
                  height={heightPx}
                  fill={COLOURS[runEndOf(run)]}
                >
                  <title>{`${timeOf(run)} · ${runWords(run)}`}</title>
                </rect>
              );
            })}
          </svg>
        </Button>
      }
    >
      <DataTable
        caption="Last runs of this statement"
        columns={COLUMNS}
        rows={runs.toReversed()}
        rowKey={({ id }) => id}
      />
      <p className="mt-2 text-faint text-xs">From the server’s history, measured there.</p>
    </Popover>
  );
}

const COLOURS: Readonly<Record<RunEnd, string>> = {
  complete: 'var(--accent)',
  paused: 'var(--accent)',
  done: 'var(--accent)',
  schema_change: 'var(--accent)',
  stopped: 'var(--warn)',
  failed: 'var(--danger)',
  applied: 'var(--accent)',
  not_applied: 'var(--warn)',
  unknown: 'var(--warn)',
};

const COLUMNS: readonly DataColumn<LastRun>[] = [
  { id: 'at', header: 'When', cell: timeOf, rowHeader: true },
  { id: 'elapsed', header: 'Time', cell: ({ elapsedMs }) => formatElapsed(elapsedMs), align: 'right' },
  { id: 'rows', header: 'Rows', cell: ({ rows }) => formatCount(rows), align: 'right' },
  { id: 'outcome', header: 'Outcome', cell: (run) => END_WORDS[runEndOf(run)].word },
];

function timeOf({ at }: LastRun): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'medium' });
}
