import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { traceQuery } from '@/lib/client/traces';
import { type KeptTrace, keptTraces } from '@/lib/workbench/kept-traces';
import { TraceFailure } from './trace-failure';
import { TraceView } from './trace-view';

/** A trace by its id: on its way, not there, or shown; and kept in this tab to be compared with. */
export function TraceLoader({ of }: { of: KeptTrace }) {
  const { cluster, id, returnedRows } = of;
  const { data, error, refetch, isFetching } = useQuery(traceQuery(cluster, id));
  const isHere = data !== undefined;
  useEffect(() => {
    if (isHere) keptTraces.keep(of);
  }, [isHere, of]);
  const reload = () => void refetch();
  if (data !== undefined) {
    return (
      <TraceView
        cluster={cluster}
        trace={data}
        returnedRows={returnedRows}
        onReload={reload}
        isReloading={isFetching}
      />
    );
  }
  if (error === null) {
    return (
      <Loading label="Reading the trace">
        <Skeleton className="m-3 h-5 w-64" />
        <Skeleton className="m-3 h-24" />
      </Loading>
    );
  }
  return <TraceFailure error={error} onRetry={reload} isRetrying={isFetching} />;
}
