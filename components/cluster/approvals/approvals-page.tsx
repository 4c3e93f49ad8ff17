'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FailureState } from '@/components/shell/failure-state';
import { PAGE_BODY, TEXT_WIDTH } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { approvalsKey, approvalsQuery } from '@/lib/client/approvals';
import { stateQuery } from '@/lib/client/queries';
import { ApprovalsList } from './approvals-list';
import { PassPanel } from './pass-panel';

/** Changes that wait for a second person: what they are, who decides, and what became of them. */
export function ApprovalsPage({ cluster }: { cluster: string }) {
  const client = useQueryClient();
  const { data, error, refetch, isFetching } = useQuery(approvalsQuery(cluster));
  const reload = () => {
    void client.invalidateQueries({ queryKey: approvalsKey(cluster) });
    void client.invalidateQueries({ queryKey: stateQuery().queryKey });
  };
  return (
    <div className={PAGE_BODY}>
      <header>
        <h1 className="font-semibold text-xl">Approvals</h1>
        <p className={`${TEXT_WIDTH} text-muted text-sm`}>
          Changes that wait for a second person: your own, and those that you may approve. Whoever asked runs what was
          approved, once.
        </p>
      </header>
      {data === undefined && error !== null && (
        <FailureState
          title="The changes could not be read"
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && (
        <Loading label="Reading the changes">
          <Skeleton className="h-48" />
        </Loading>
      )}
      {data !== undefined && (
        <>
          <PassPanel {...{ cluster, passes: data.passes, passMinutes: data.passMinutes }} onChanged={reload} />
          <ApprovalsList cluster={cluster} approvals={data.approvals} onChanged={reload} />
        </>
      )}
    </div>
  );
}
