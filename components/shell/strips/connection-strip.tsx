'use client';

import { Unplug } from 'lucide-react';
import { Spinner } from '@/components/ui/spinner';
import type { Connection } from '@/lib/cluster/connection';
import { formatAge } from '@/lib/text/format';
import { useNow } from '../use-now';

/** Says that the cluster is out of reach, how old the page is, and that Ringside reconnects. Silent otherwise. */
export function ConnectionStrip({ connection, goodAtMs }: { connection: Connection; goodAtMs: number | null }) {
  const words = wordsFor(connection);
  return (
    <div role="status">
      {words !== undefined && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-danger-soft px-3 py-1.5 text-sm">
          <Unplug size={16} aria-hidden="true" className="shrink-0 text-danger" />
          <span className="font-medium">{words.message}</span>
          {words.hint !== undefined && <span className="text-muted">{words.hint}</span>}
          <Age goodAtMs={goodAtMs} />
          <span className="ml-auto inline-flex items-center gap-2 text-muted">
            <Spinner size={12} /> Reconnecting…
          </span>
        </div>
      )}
    </div>
  );
}

function Age({ goodAtMs }: { goodAtMs: number | null }) {
  const now = useNow(5_000);
  if (goodAtMs === null) return null;
  return <span className="text-muted">This page shows what was read {formatAge(now - goodAtMs)} or earlier.</span>;
}

function wordsFor(connection: Connection): { message: string; hint?: string | undefined } | undefined {
  switch (connection.state) {
    case 'server-lost':
      return { message: connection.message };
    case 'cluster-lost':
      return { message: connection.error?.message ?? 'The cluster does not answer.', hint: connection.error?.hint };
    case 'unknown':
    case 'connecting':
    case 'connected':
      return undefined;
    default:
      return connection satisfies never;
  }
}
