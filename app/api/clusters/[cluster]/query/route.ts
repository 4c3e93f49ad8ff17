import { planQuery } from '@/lib/cassandra/read/query-plan';
import { openRead } from '@/lib/cassandra/read/reads';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { rowStreamResponse } from '@/lib/http/row-stream';

export const POST = route(endpoints.query.post, async ({ cluster, input, principal, signal }) => {
  const read = await openRead(await planQuery(cluster, input), principal, signal);
  return rowStreamResponse(read, read.waitsFor, signal);
});
