import { exportJobs } from '@/lib/export/jobs';
import { jobPartResponse } from '@/lib/http/jobs';
import { route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

type Params = { id: string; name: string };

export const GET = route(async (_request, { id, name }: Params) => jobPartResponse(await exportJobs().get(id), name));
