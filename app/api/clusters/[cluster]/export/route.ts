import type { z } from 'zod';
import { getCluster } from '@/lib/cassandra/client/registry';
import { exportRequestSchema } from '@/lib/contract/reads';
import { openExport } from '@/lib/http/export';
import { jsonParameter, parseInput, readBody, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

type Params = { cluster: string };

/** A download is a link: `?request=` holds the request's JSON. */
export const GET = route(async (request, params: Params) => {
  const asked = jsonParameter(new URL(request.url).searchParams, 'request');
  return answer(request, params, parseInput(exportRequestSchema, asked));
});

export const POST = route(async (request, params: Params) =>
  answer(request, params, await readBody(exportRequestSchema, request)),
);

function answer(request: Request, { cluster }: Params, asked: z.output<typeof exportRequestSchema>) {
  return openExport(getCluster(cluster), asked, request);
}
