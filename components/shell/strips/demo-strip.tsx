'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useEffect, useRef } from 'react';
import { Later } from '@/components/ui/later';
import { schemaQuery, sizesQuery, stateQuery } from '@/lib/client/queries';

const DemoStage = lazy(() => import('./demo-stage'));

/** Progress of loading the demo data; each table shows up in the tree as soon as it starts. */
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
    void client.invalidateQueries({ queryKey: schemaQuery(cluster).queryKey });
    void client.invalidateQueries({ queryKey: sizesQuery(cluster).queryKey });
  }, [stage, client, cluster]);

  if (demo === undefined || demo.state === 'done') return null;
  return (
    <Later>
      <DemoStage demo={demo} />
    </Later>
  );
}
