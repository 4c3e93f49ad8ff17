import { jobActionSchema, jobSchema } from '@/lib/contract/jobs';
import { ANONYMOUS } from '@/lib/contract/principal';
import { jobProgressResponse, publicJob } from '@/lib/http/jobs';
import { json, readBody, route } from '@/lib/http/respond';
import { serverJobs } from '@/lib/server-jobs';

export { HEAD } from '@/lib/http/head';

type Params = { id: string };

export const GET = route(async (request, { id }: Params) => {
  return jobProgressResponse(await serverJobs().get(ANONYMOUS, id), request.signal);
});

export const POST = route(async (request, { id }: Params) => {
  const { action } = await readBody(jobActionSchema, request);
  return json(jobSchema, publicJob(await serverJobs().act(ANONYMOUS, id, action)));
});

export const DELETE = route(async (_request, { id }: Params) => {
  await serverJobs().remove(ANONYMOUS, id);
  return new Response(null, { status: 204 });
});
