'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { Later } from '@/components/ui/later';
import { PAGE_BODY, PAGE_PANELS } from '@/components/ui/page';
import { schemaQuery } from '@/lib/client/queries';
import { topologyQuery } from '@/lib/client/topology-query';
import { OverviewFacts } from './overview-facts';
import { OverviewKeyspaces } from './overview-keyspaces';
import { OverviewNodes } from './overview-nodes';
import { useWelcome } from './use-welcome';

const Welcome = lazy(() => import('./welcome'));
const OverviewVerdict = lazy(() => import('./verdict/verdict'));

/** A cluster's first page: what is wrong and what still works, the nodes, and what the cluster holds. */
export function Overview({ cluster }: { cluster: string }) {
  const topology = useQuery(topologyQuery(cluster));
  const schema = useQuery(schemaQuery(cluster));
  const welcome = useWelcome();
  const isUnread = topology.data === undefined && schema.data === undefined;
  const retry = () => Promise.all([topology.refetch(), schema.refetch()]);
  return (
    <div className={PAGE_BODY}>
      <h1 className="font-semibold text-xl">{topology.data?.clusterName ?? cluster}</h1>
      {welcome.isShown && (
        <Later>
          <Welcome cluster={cluster} onDismiss={welcome.dismiss} />
        </Later>
      )}
      {isUnread && topology.error !== null && schema.error !== null ? (
        <FailureState
          title="The cluster could not be read"
          error={topology.error}
          onRetry={retry}
          retrying={topology.isFetching || schema.isFetching}
        />
      ) : (
        <>
          <Later fallback={<div className="h-32" />}>
            <OverviewVerdict cluster={cluster} />
          </Later>
          <OverviewFacts cluster={cluster} />
          <div className={PAGE_PANELS}>
            <OverviewNodes cluster={cluster} />
            <OverviewKeyspaces cluster={cluster} />
          </div>
        </>
      )}
    </div>
  );
}
