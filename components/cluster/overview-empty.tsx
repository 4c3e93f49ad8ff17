'use client';

import { useQuery } from '@tanstack/react-query';
import { Database } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { pagePath } from '@/lib/client/paths';
import { clustersQuery, stateQuery } from '@/lib/client/queries';

const FIRST_KEYSPACE =
  "CREATE KEYSPACE my_keyspace WITH replication = {'class': 'NetworkTopologyStrategy', 'replication_factor': 3};";

/** A cluster without keyspaces of people's own: what to do next, given what is loading and what is allowed. */
export default function OverviewEmpty({ cluster }: { cluster: string }) {
  const demo = useQuery(stateQuery()).data?.demo?.state;
  const summary = useQuery(clustersQuery()).data?.clusters.find(({ name }) => name === cluster);
  const icon = <Database size={32} aria-hidden="true" />;
  if (demo === 'waiting' || demo === 'loading') {
    return (
      <EmptyState icon={icon} title="The demo data is loading">
        Each keyspace appears here when it is created.
      </EmptyState>
    );
  }
  if (summary?.readOnly === true) {
    return (
      <EmptyState icon={icon} title="No keyspaces of your own yet">
        Ringside may only read this cluster. Create a keyspace elsewhere, or allow writes in ringside.config.json.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      title="No keyspaces of your own yet"
      action={
        <LinkButton href={pagePath.query(cluster, { statement: FIRST_KEYSPACE })}>Write CREATE KEYSPACE</LinkButton>
      }
    >
      Create one in the query editor, or load the demo data with <code>npm run demo</code> (real flights, airports,
      earthquakes, and one table of every type).
    </EmptyState>
  );
}
