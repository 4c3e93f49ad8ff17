import * as endpoints from '@/lib/contract/endpoints';
import { shownJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.jobList.get, async ({ principal, rights }) => {
  const jobs = (await serverJobs().all(principal)).map((job) => shownJob(job, rights));
  return { jobs, directory: serverJobs().directory };
});
