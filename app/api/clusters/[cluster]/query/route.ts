import { openStatement } from '@/lib/cassandra/open-statement';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { rowStreamResponse } from '@/lib/http/row-stream';

export const POST = route(endpoints.query.post, async ({ cluster, input, principal, signal }) => {
  const run = await openStatement(await planQuery(cluster, input), principal, signal);
  return rowStreamResponse(run, run.waitsFor, signal);
});
