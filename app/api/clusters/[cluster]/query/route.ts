import { openStatement } from '@/lib/cassandra/open-statement';
import { maskedPlan } from '@/lib/cassandra/read/masked-plan';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import * as endpoints from '@/lib/contract/endpoints';
import { recording } from '@/lib/history/recorded-run';
import { keepRun } from '@/lib/http/audit';
import { route } from '@/lib/http/route';
import { rowStreamResponse } from '@/lib/http/row-stream';

export const POST = route(endpoints.query.post, async ({ cluster, input, principal, rights, signal }) => {
  const plan = maskedPlan(await planQuery(cluster, input), rights);
  const record = recording(plan, input.keyspace ?? null, principal, (entry) => {
    // Reading on is part of the run that the first request began.
    if (input.cursor === undefined) void keepRun(cluster.name, entry);
  });
  const run = await openStatement(plan, principal, signal).catch((error: unknown) => {
    record.failed(error);
    throw error;
  });
  return rowStreamResponse(record.follow(run), run.waitsFor, signal);
});
