'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Play, Unplug } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { restartOwnCassandra } from '@/lib/client/own-cassandra';
import { clustersQuery, stateQuery } from '@/lib/client/queries';
import type { OwnCassandra } from '@/lib/contract/clusters';

/** The Cassandra of `npm start` has ended: why, and a button that starts it again. */
export default function OwnCassandraNotice({ own }: { own: OwnCassandra }) {
  const client = useQueryClient();
  const restart = useMutation({
    mutationFn: restartOwnCassandra,
    onSettled: () => client.invalidateQueries({ queryKey: stateQuery().queryKey }),
  });
  const clusters = useQuery(clustersQuery()).data?.clusters ?? [];
  const mayRestart = clusters.every(({ lacks }) => !lacks?.includes('operate'));
  if (own.state === 'starting') {
    return (
      <div className="flex items-center gap-2 bg-accent-soft px-4 py-1.5 text-sm">
        <Spinner size={14} /> {own.message}
      </div>
    );
  }
  return (
    <div className="flex items-center gap-3 bg-danger-soft px-4 py-1.5 text-sm max-[640px]:flex-wrap">
      <Unplug size={16} aria-hidden="true" className="shrink-0 text-danger" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{own.message}</span>{' '}
        <span className="text-muted">{restart.error?.message ?? own.hint}</span>
      </p>
      {mayRestart && (
        <Button size="sm" busy={restart.isPending} icon={<Play size={12} />} onClick={() => restart.mutate()}>
          Start Cassandra again
        </Button>
      )}
    </div>
  );
}
