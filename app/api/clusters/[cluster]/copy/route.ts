import { clusterFor } from '@/lib/cassandra/client/registry';
import * as endpoints from '@/lib/contract/endpoints';
import { planCopy } from '@/lib/copy/plan';
import { earlierCopy } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';
import { checkJob } from '@/lib/server-rights';

export const POST = route(endpoints.copy.post, async ({ cluster, input, principal, rights }) => {
  const { again, ...asked } = input;
  const job = again === undefined ? undefined : await serverJobs().get(principal, again.job);
  // Its rows were read with the rights of then.
  if (job !== undefined) await checkJob(job.order, rights);
  const earlier = job === undefined ? undefined : earlierCopy(job, cluster.name);
  const target = clusterFor(input.target.cluster ?? cluster.name, principal);
  return planCopy({ source: cluster, target }, { ...asked, earlier }, principal, rights);
});
