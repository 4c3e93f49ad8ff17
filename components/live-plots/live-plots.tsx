'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Age } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { Gaps } from '@/components/ui/notice';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { eventsQuery } from '@/lib/client/events';
import { liveQuery } from '@/lib/client/live';
import type { ClusterEvent } from '@/lib/contract/events';
import type { LiveRequest, LiveResponse } from '@/lib/contract/live';
import { type LiveView, USUAL_VIEW } from '@/lib/live/live-address';
import { linesOf, marksOf } from '@/lib/live/marks';
import { BEYOND_CQL, PLOTS, seriesOf } from '@/lib/live/plots';
import { formatInterval, plural } from '@/lib/text/format';
import { EventStrip } from './event-strip';
import { LiveControls } from './live-controls';
import { LivePanel } from './live-panel';

const MINUTE_MS = 60_000;
/** Marks closer than this share of the span would cover each other on a phone, where the strip has room for twelve. */
const MARK_SHARE = 0.08;
/** Lines closer than this share of a plot are a few pixels apart, and many of them hide what is plotted. */
const LINE_SHARE = 0.01;

export interface LivePlotsProps {
  cluster: string;
  /** `host:port`: of this node alone. */
  node?: string | undefined;
  /** With `table`: of this table alone. */
  keyspace?: string | undefined;
  table?: string | undefined;
  /** What is shown, where the page keeps it; otherwise the plots do. */
  view?: LiveView | undefined;
  onView?: ((change: Partial<LiveView>) => void) | undefined;
}

/**
 * What moves in a cluster, at a node or in a table, over the last hour: it is asked while this is in view, and by whoever
 * else looks once for all. Load it later: it brings uPlot.
 */
export default function LivePlots({ cluster, node, keyspace, table, view, onView }: LivePlotsProps) {
  const [own, setOwn] = useState(USUAL_VIEW);
  const shown = view ?? own;
  const change = onView ?? ((wanted: Partial<LiveView>) => setOwn((now) => ({ ...now, ...wanted })));
  const request = useMemo((): LiveRequest => {
    const nodes = node === undefined ? shown.nodes : [node];
    return {
      ...(nodes.length === 0 ? {} : { nodes: [...nodes] }),
      ...(keyspace === undefined || table === undefined ? {} : { keyspace, table }),
      ...(shown.pool === null ? {} : { pool: shown.pool }),
    };
  }, [node, keyspace, table, shown.nodes, shown.pool]);
  const live = useQuery(liveQuery(cluster, request));
  const events = useInfiniteQuery(eventsQuery(cluster, node === undefined ? {} : { node }));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <LiveControls
          view={shown}
          onView={change}
          nodes={live.data?.nodes ?? []}
          pools={live.data?.pools ?? []}
          isOfOneNode={node !== undefined}
          isOfTable={table !== undefined}
        />
        {live.data !== undefined && <PaceNote data={live.data} />}
      </div>
      {live.error !== null && (
        <FailureState
          title={live.data === undefined ? 'The nodes could not be asked' : 'The plots could not be continued'}
          error={live.error}
          onRetry={() => void live.refetch()}
          retrying={live.isFetching}
        />
      )}
      {live.data === undefined && live.error === null && (
        <Loading label="Asking the nodes">
          <Skeleton className="h-64" />
        </Loading>
      )}
      {live.data !== undefined && (
        <ShownPlots
          cluster={cluster}
          data={live.data}
          events={events.data?.pages[0]?.events ?? []}
          view={shown}
          isOfTable={table !== undefined}
        />
      )}
    </div>
  );
}

function PaceNote({ data: { asOf, everyMs, statementsPerMinute } }: { data: LiveResponse }) {
  return (
    <p className="text-faint text-xs">
      Asked every {formatInterval(everyMs)} while somebody looks, {plural(statementsPerMinute, 'statement')} a minute
      for all nodes · times in UTC{asOf !== null && <> · </>}
      {asOf !== null && <Age asOf={asOf} />}
    </p>
  );
}

interface ShownPlotsProps {
  cluster: string;
  data: LiveResponse;
  events: readonly ClusterEvent[];
  view: LiveView;
  isOfTable: boolean;
}

/** The plots of what is known, with one cursor and one strip of events. */
export function ShownPlots({ cluster, data, events, view, isOfTable }: ShownPlotsProps) {
  const [place, setPlace] = useState<number | null>(null);
  const newest = data.times.at(-1);
  const span = useMemo((): readonly [number, number] => {
    const toMs = newest ?? Date.now();
    return [toMs - view.spanMinutes * MINUTE_MS, toMs];
  }, [newest, view.spanMinutes]);
  const marks = useMemo(
    () => marksOf(events, { fromMs: span[0], toMs: span[1], apartMs: (span[1] - span[0]) * MARK_SHARE }),
    [events, span],
  );
  const marksMs = useMemo(
    () => linesOf(events, { fromMs: span[0], toMs: span[1], apartMs: (span[1] - span[0]) * LINE_SHARE }),
    [events, span],
  );
  const panels = PLOTS.map((plot) => {
    const series = seriesOf(plot, view.quantile);
    return { ...plot, series, lines: data.lines.filter((line) => line.series === series) };
  }).filter(({ lines }) => lines.length > 0);
  const hasMore = data.lines.some(({ series }) => BEYOND_CQL.some((name) => name === series));
  return (
    <>
      <Gaps title="Some of this could not be asked" gaps={data.gaps.map(gapWords)} />
      <EventStrip cluster={cluster} marks={marks} span={span} />
      {panels.length === 0 && <p className="text-muted text-sm">{nothingWords(data, isOfTable)}</p>}
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-2 min-[1900px]:grid-cols-3">
        {panels.map(({ id, title, note, series, lines }) => (
          <LivePanel
            key={id}
            title={title}
            note={note}
            series={series}
            data={data}
            lines={lines}
            span={span}
            marks={marksMs}
            place={place}
            onPlace={setPlace}
            asTable={view.asTable}
          />
        ))}
      </div>
      {!hasMore && !isOfTable && (
        <p className="max-w-[80ch] text-faint text-xs">
          CQL does not have heap, garbage collection, dropped messages, free disk, pending compactions and SSTables per
          read. JMX has them.
        </p>
      )}
    </>
  );
}

function gapWords({ source, nodes, why }: LiveResponse['gaps'][number]): string {
  const [first = ''] = nodes;
  const who = nodes.length === 1 ? first : plural(nodes.length, 'node');
  return source === '' ? `${who}: ${why}` : `${source} of ${who}: ${why}`;
}

function nothingWords({ times }: LiveResponse, isOfTable: boolean): string {
  if (times.length < 2) return 'The first numbers come after the second time that the nodes are asked.';
  return isOfTable ? 'Nobody has read or written this table while Ringside looked.' : 'Nothing is known yet.';
}
