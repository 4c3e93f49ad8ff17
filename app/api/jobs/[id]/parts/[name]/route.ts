import * as endpoints from '@/lib/contract/endpoints';
import { jobPartResponse } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';
import { checkJob } from '@/lib/server-rights';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.jobPart.get, async ({ principal, rights, params: { id, name } }) => {
  const job = await serverJobs().get(principal, id);
  await checkJob(job.order, rights);
  return jobPartResponse(job, name);
});
