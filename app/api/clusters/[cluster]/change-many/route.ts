import { planMany } from '@/lib/change-many/plan';
import * as endpoints from '@/lib/contract/endpoints';
import { earlierJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';
import { checkJob } from '@/lib/server-rights';

export const POST = route(endpoints.changeMany.post, async ({ cluster, input, principal, rights, signal }) => {
  const { again, ...asked } = input;
  const job = again === undefined ? undefined : await serverJobs().get(principal, again.job);
  // Its rows were read with the rights of then.
  if (job !== undefined) await checkJob(job.order, rights);
  const earlier = again === undefined || job === undefined ? undefined : earlierJob(job, cluster.name, again.take);
  return planMany(cluster, { ...asked, earlier }, { principal, rights, signal });
});
