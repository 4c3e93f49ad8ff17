import * as endpoints from '@/lib/contract/endpoints';
import { checkResumed, jobProgressResponse, publicJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.job.get, async ({ principal, rights, params: { id }, signal }) =>
  jobProgressResponse(await serverJobs().get(principal, id), rights, signal),
);

export const POST = route(endpoints.job.post, async ({ principal, rights, params: { id }, input }) => {
  const jobs = serverJobs();
  // What is stopped needs no right.
  const goesOn = input.action === 'resume' || input.action === 'rate';
  if (goesOn) await checkResumed(await jobs.get(principal, id), { principal, rights });
  const job = await (input.action === 'rate'
    ? jobs.setRate(principal, id, input.maxRowsPerSecond)
    : jobs.act(principal, id, input.action));
  return publicJob(job);
});

export const DELETE = route(endpoints.job.delete, async ({ principal, params: { id } }) => {
  await serverJobs().remove(principal, id);
  return new Response(null, { status: 204 });
});
