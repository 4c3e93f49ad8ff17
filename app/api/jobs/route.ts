import * as endpoints from '@/lib/contract/endpoints';
import { publicJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.jobList.get, async ({ principal }) => {
  const jobs = (await serverJobs().list(principal)).map(publicJob);
  return { jobs, directory: serverJobs().directory };
});
