import { jobActionSchema, jobSchema } from '@/lib/contract/jobs';
import { exportJobs } from '@/lib/export/jobs';
import { jobProgressResponse, publicJob } from '@/lib/http/jobs';
import { json, readBody, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

type Params = { id: string };

export const GET = route(async (request, { id }: Params) => {
  return jobProgressResponse(await exportJobs().get(id), request.signal);
});

export const POST = route(async (request, { id }: Params) => {
  const { action } = await readBody(jobActionSchema, request);
  return json(jobSchema, publicJob(await exportJobs().act(id, action)));
});

export const DELETE = route(async (_request, { id }: Params) => {
  await exportJobs().remove(id);
  return new Response(null, { status: 204 });
});
