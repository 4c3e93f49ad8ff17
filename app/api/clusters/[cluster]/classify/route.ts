import { classifyStatement } from '@/lib/cassandra/read/query-plan';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.classify.post, ({ cluster, input: { statement, keyspace } }) =>
  classifyStatement(cluster, statement, keyspace),
);
