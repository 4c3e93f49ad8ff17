'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FailureState } from '@/components/shell/failure-state';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toasts';
import { muteFinding, unmuteFinding, verdictQuery } from '@/lib/client/health';
import { useClusterLacks } from '@/lib/client/use-lacks';
import type { Finding } from '@/lib/contract/health';
import { OverviewRisk } from '../overview-risk';
import { VerdictView } from './verdict-view';

/** What is wrong with a cluster, by what every node says of itself and the others, and what still works. */
export default function OverviewVerdict({ cluster }: { cluster: string }) {
  const { data, error, isFetching, refetch } = useQuery(verdictQuery(cluster));
  const client = useQueryClient();
  const lacksOperate = useClusterLacks(cluster, 'operate');
  const mute = ({ id }: Finding, reason: string, days: number) => muteFinding(client, cluster, { id, reason, days });
  const unmute = ({ id }: Finding) => {
    unmuteFinding(client, cluster, id).catch((failure: unknown) =>
      toast({
        tone: 'danger',
        text: `It stays muted: ${failure instanceof Error ? failure.message : String(failure)}`,
      }),
    );
  };
  if (data === undefined) {
    if (error === null) return <Skeleton className="h-32" />;
    return (
      <>
        <FailureState
          title="The nodes could not be asked about themselves"
          error={error}
          onRetry={() => refetch()}
          retrying={isFetching}
        />
        <OverviewRisk cluster={cluster} />
      </>
    );
  }
  return (
    <VerdictView
      cluster={cluster}
      verdict={data}
      works={<OverviewRisk cluster={cluster} />}
      muting={lacksOperate ? null : { mute, unmute }}
    />
  );
}
