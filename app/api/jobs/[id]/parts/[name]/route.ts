import { ANONYMOUS } from '@/lib/contract/principal';
import { jobPartResponse } from '@/lib/http/jobs';
import { route } from '@/lib/http/respond';
import { serverJobs } from '@/lib/server-jobs';

export { HEAD } from '@/lib/http/head';

type Params = { id: string; name: string };

export const GET = route(async (_request, { id, name }: Params) =>
  jobPartResponse(await serverJobs().get(ANONYMOUS, id), name),
);
