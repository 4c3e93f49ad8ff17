import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { planChange, startChange } from '@/lib/client/change-many';
import { jobsQuery } from '@/lib/client/jobs';
import type { ChangeManyPlan, ChangeManyRequest } from '@/lib/contract/change-many';
import type { Job } from '@/lib/contract/jobs';

export type Many = ReturnType<typeof useMany>;

/** The plan that is reviewed, and the job that was started last. @param first a job that was started before */
export function useMany(cluster: string, first: Job | null) {
  const [typed, setTyped] = useState('');
  const [job, setJob] = useState(first);
  const client = useQueryClient();
  const plan = useMutation({
    mutationFn: (request: ChangeManyRequest) => planChange(cluster, request),
    onSuccess: () => setTyped(''),
  });
  const start = useMutation({
    mutationFn: ({ token, confirmName }: ChangeManyPlan) =>
      startChange(cluster, { token: token ?? '', ...(confirmName === null ? {} : { confirmName: typed }) }),
    onSuccess: (started) => {
      setJob(started);
      plan.reset();
      void client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true });
    },
  });
  /** Plans what follows the job, written as the job was. */
  const again = (take: 'undo' | 'failed') => {
    if (job?.changed === undefined) return;
    const { keyspace, table, mode } = job.changed;
    plan.mutate({ keyspace, table, options: { mode }, again: { job: job.id, take } });
  };
  return { plan, start, again, job, typed, setTyped, error: plan.error ?? start.error };
}
