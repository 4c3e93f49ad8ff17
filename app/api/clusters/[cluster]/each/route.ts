import * as endpoints from '@/lib/contract/endpoints';
import { recordedEach } from '@/lib/history/recorded-each';
import { keepRun } from '@/lib/http/audit';
import { eachResponse } from '@/lib/http/each';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.each.post, (context) => {
  const { cluster, input, principal } = context;
  const keyspace = input.keyspace ?? null;
  return eachResponse(context, (lines, plan) =>
    recordedEach(lines, { plan, keyspace, principal }, (entry) => void keepRun(cluster.name, entry)),
  );
});
