import * as endpoints from '@/lib/contract/endpoints';
import { jobProgressResponse, publicJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.job.get, async ({ principal, params: { id }, signal }) =>
  jobProgressResponse(await serverJobs().get(principal, id), signal),
);

export const POST = route(endpoints.job.post, async ({ principal, params: { id }, input: { action } }) =>
  publicJob(await serverJobs().act(principal, id, action)),
);

export const DELETE = route(endpoints.job.delete, async ({ principal, params: { id } }) => {
  await serverJobs().remove(principal, id);
  return new Response(null, { status: 204 });
});
