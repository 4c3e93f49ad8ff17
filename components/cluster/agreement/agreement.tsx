'use client';

import { useQuery } from '@tanstack/react-query';
import { ReadNote } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { PAGE_BODY } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { nodeViewsQuery } from '@/lib/client/health';
import { NodeViewsPanel } from './node-views-panel';
import { SettingsPanel } from './settings-panel';

/** Whether the nodes agree: what each says of each, and their settings side by side. */
export function Agreement({ cluster }: { cluster: string }) {
  const { data, error, isFetching, refetch } = useQuery(nodeViewsQuery(cluster));
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">Agreement</h1>
        {data !== undefined && (
          <p className="ml-auto text-faint text-xs">
            <ReadNote asOf={data.asOf} error={error} />
          </p>
        )}
      </header>
      {data === undefined && error !== null && (
        <FailureState
          title="The nodes could not be asked about each other"
          error={error}
          onRetry={() => refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && (
        <Loading label="Asking every node">
          <Skeleton className="h-64" />
        </Loading>
      )}
      {data !== undefined && (
        <>
          <NodeViewsPanel cluster={cluster} views={data} />
          <SettingsPanel views={data} />
        </>
      )}
    </div>
  );
}
