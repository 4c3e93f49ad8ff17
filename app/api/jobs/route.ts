import { jobsResponseSchema } from '@/lib/contract/jobs';
import { ANONYMOUS } from '@/lib/contract/principal';
import { publicJob } from '@/lib/http/jobs';
import { json, route } from '@/lib/http/respond';
import { serverJobs } from '@/lib/server-jobs';

export { HEAD } from '@/lib/http/head';

export const GET = route(async () => {
  const jobs = (await serverJobs().list(ANONYMOUS)).map(publicJob);
  return json(jobsResponseSchema, { jobs, directory: serverJobs().directory });
});
