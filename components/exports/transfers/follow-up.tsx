import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import { LinkButton } from '@/components/ui/link-button';
import { followOf } from '@/lib/client/follow';
import { pagePath } from '@/lib/client/paths';
import type { Job } from '@/lib/contract/jobs';

const ManyJobSheet = lazy(() => import('@/components/edit/many/many-job-sheet'));
const CopyAgainSheet = lazy(() => import('@/components/move/copy-again-sheet'));

const LABELS = { rate: 'Rate…', again: 'Undo or try again…', copy: 'Try again…' } as const;

/** The way from a job that writes rows to its rate, to its undo, and to what it could not write. */
export function FollowUp({ job }: { job: Job }) {
  const { id, cluster } = job;
  const follow = followOf(job);
  const [Opened, open] = useState<typeof ManyJobSheet | null>(null);
  if (follow?.by === 'load') {
    return (
      <LinkButton size="sm" href={pagePath.tableLoad(cluster, follow.keyspace, follow.table, id)}>
        Try again…
      </LinkButton>
    );
  }
  // A sheet stays open when its job is listed otherwise meanwhile.
  if (Opened === null && follow == null) return null;
  return (
    <>
      {follow != null && (
        <Button size="sm" onClick={() => open(follow.by === 'copy' ? CopyAgainSheet : ManyJobSheet)}>
          {LABELS[follow.by]}
        </Button>
      )}
      {Opened !== null && (
        <Later>
          <Opened id={id} onClose={() => open(null)} />
        </Later>
      )}
    </>
  );
}
