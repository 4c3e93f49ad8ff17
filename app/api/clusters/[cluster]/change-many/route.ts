import { planMany } from '@/lib/change-many/plan';
import * as endpoints from '@/lib/contract/endpoints';
import { earlierJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export const POST = route(endpoints.changeMany.post, async ({ cluster, input, principal, signal }) => {
  const { again, ...asked } = input;
  const job = again === undefined ? undefined : await serverJobs().get(principal, again.job);
  const earlier = again === undefined || job === undefined ? undefined : earlierJob(job, cluster.name, again.take);
  return planMany(cluster, { ...asked, earlier }, { principal, signal });
});
