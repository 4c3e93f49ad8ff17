import { jobsResponseSchema } from '@/lib/contract/jobs';
import { exportJobs } from '@/lib/export/jobs';
import { publicJob } from '@/lib/http/jobs';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

export const GET = route(async () => {
  const jobs = (await exportJobs().list()).map(publicJob);
  return json(jobsResponseSchema, { jobs, directory: exportJobs().directory });
});
