import * as endpoints from '@/lib/contract/endpoints';
import type { Principal } from '@/lib/contract/principal';
import { jobProgressResponse, publicJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import type { ServerJob } from '@/lib/jobs/server-job';
import type { PersonRights } from '@/lib/rights/rules';
import { checkHeldOrder } from '@/lib/server-approvals';
import { serverJobs } from '@/lib/server-jobs';
import { checkJob } from '@/lib/server-rights';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.job.get, async ({ principal, params: { id }, signal }) =>
  jobProgressResponse(await serverJobs().get(principal, id), signal),
);

export const POST = route(endpoints.job.post, async ({ principal, rights, params: { id }, input }) => {
  const jobs = serverJobs();
  // What is stopped needs no right.
  const goesOn = input.action === 'resume' || input.action === 'rate';
  if (goesOn) await checkGoesOn(await jobs.get(principal, id), principal, rights);
  const job = await (input.action === 'rate'
    ? jobs.setRate(principal, id, input.maxRowsPerSecond)
    : jobs.act(principal, id, input.action));
  return publicJob(job);
});

export const DELETE = route(endpoints.job.delete, async ({ principal, params: { id } }) => {
  await serverJobs().remove(principal, id);
  return new Response(null, { status: 204 });
});

/** What was approved goes on without another approval. @throws Failure `forbidden`, `approval_required` */
async function checkGoesOn(job: ServerJob, principal: Principal, rights: PersonRights | null): Promise<void> {
  await checkJob(job.order, rights);
  if (job.approval === undefined) checkHeldOrder(job.order, principal, STARTED_WITHOUT);
}

const STARTED_WITHOUT = {
  message: 'this job was started without a second person, which its cluster wants now.',
  hint: 'Start it again and ask for approval, or take an emergency pass on the page Approvals.',
};
