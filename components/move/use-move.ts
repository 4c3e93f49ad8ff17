import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { jobsQuery } from '@/lib/client/jobs';
import { planCompare, planCopy, startCompare, startCopy } from '@/lib/client/move';
import type { ComparePlan, CompareRequest } from '@/lib/contract/compare';
import type { CopyPlan, CopyRequest } from '@/lib/contract/copy';
import type { Job } from '@/lib/contract/jobs';

type Asked =
  | { readonly task: 'copy'; readonly request: CopyRequest }
  | { readonly task: 'compare'; readonly request: CompareRequest };

/** A plan that is reviewed, with the request that it was made of. */
export type Planned =
  | { readonly task: 'copy'; readonly plan: CopyPlan; readonly request: CopyRequest }
  | { readonly task: 'compare'; readonly plan: ComparePlan; readonly request: CompareRequest };

export type Move = ReturnType<typeof useMove>;

/** The plan that is reviewed, and the job that was started last; at first the job that is given. */
export function useMove(cluster: string, first: Job | null) {
  const [typed, setTyped] = useState('');
  const [job, setJob] = useState(first);
  const client = useQueryClient();
  const plan = useMutation({
    mutationFn: async (asked: Asked): Promise<Planned> =>
      asked.task === 'copy'
        ? { ...asked, plan: await planCopy(cluster, asked.request) }
        : { ...asked, plan: await planCompare(cluster, asked.request) },
    onSuccess: () => setTyped(''),
  });
  const start = useMutation({
    mutationFn: (planned: Planned) => started(cluster, planned, typed),
    onSuccess: (now) => {
      setJob(now);
      plan.reset();
      void client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true });
    },
  });
  const request = job === null ? null : againRequest(job);
  const again = request === null ? null : () => plan.mutate({ task: 'copy', request });
  return { plan, start, job, again, typed, setTyped, error: plan.error ?? start.error };
}

function started(cluster: string, planned: Planned, typed: string): Promise<Job> {
  if (planned.task === 'compare') return startCompare(cluster, planned.request);
  const { token, confirmName } = planned.plan;
  return startCopy(cluster, { token, ...(confirmName === null ? {} : { confirmName: typed }) });
}

/** The failed rows of a copy again, as that copy mapped them; null: the job copied nothing. */
function againRequest({ id, copiedTo }: Job): CopyRequest | null {
  return copiedTo === undefined ? null : { again: { job: id }, target: copiedTo };
}
