import * as endpoints from '@/lib/contract/endpoints';
import { jobPartResponse } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.jobPart.get, async ({ principal, params: { id, name } }) =>
  jobPartResponse(await serverJobs().get(principal, id), name),
);
