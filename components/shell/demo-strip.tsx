'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatCount } from '@/components/ui/format';
import { Progress } from '@/components/ui/progress';
import { healthQuery } from '@/lib/client/queries';
import type { DemoProgress } from '@/lib/contract/clusters';

/** How far the demo data is while it is loaded; every table that begins shows up in the tree. */
export function DemoStrip({ cluster }: { cluster: string }) {
  const client = useQueryClient();
  const demo = useQuery(healthQuery()).data?.demo;
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
  if (demo.state === 'failed') {
    return (
      <div role="alert" className="flex items-center gap-2 bg-warn-soft px-4 py-1.5 text-sm">
        <TriangleAlert size={16} aria-hidden="true" className="shrink-0 text-warn" />
        <span>The demo data could not be loaded completely. {demo.message}</span>
      </div>
    );
  }
  const fraction = demo.rows !== undefined && demo.total ? demo.rows / demo.total : null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-accent-soft px-4 py-1 text-sm">
      <span className="font-medium">Loading demo data</span>
      <span className="min-w-0 truncate text-muted">{stageText(demo)}</span>
      <Progress label="Demo data loaded" fraction={fraction} className="min-w-24 max-w-80 flex-1" />
    </div>
  );
}

function stageText({ state, keyspace, table, rows, total, rowsPerSecond, message }: DemoProgress): string {
  if (state === 'waiting') return message ?? 'waiting for Cassandra';
  return [
    keyspace !== undefined && table !== undefined ? `${keyspace}.${table}` : keyspace,
    rows !== undefined && `${formatCount(rows)}${total === undefined ? '' : ` of ${formatCount(total)}`} rows`,
    rowsPerSecond !== undefined && `${formatCount(Math.round(rowsPerSecond))} rows/s`,
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(' · ');
}
