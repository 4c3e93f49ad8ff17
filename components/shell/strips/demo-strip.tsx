'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { stateQuery } from '@/lib/client/queries';

const DemoStage = lazy(() => import('./demo-stage'));

/** How far the demo data is while it is loaded; every table that begins shows up in the tree. */
export function DemoStrip({ cluster }: { cluster: string }) {
  const client = useQueryClient();
  const demo = useQuery(stateQuery()).data?.demo;
  const stage = demo === undefined ? undefined : `${demo.state} ${demo.keyspace} ${demo.table}`;
  const lastStage = useRef(stage);
  useEffect(() => {
    if (lastStage.current === stage) return;
    const first = lastStage.current === undefined;
    lastStage.current = stage;
    if (first) return;
    void client.invalidateQueries({ queryKey: ['cluster', cluster, 'schema'] });
    void client.invalidateQueries({ queryKey: ['cluster', cluster, 'sizes'] });
  }, [stage, client, cluster]);

  if (demo === undefined || demo.state === 'done') return null;
  return (
    <Suspense>
      <DemoStage demo={demo} />
    </Suspense>
  );
}
