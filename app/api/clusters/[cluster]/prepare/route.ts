import { prepareStatement } from '@/lib/cassandra/prepare';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.prepare.post, ({ cluster, input: { statement, keyspace } }) =>
  prepareStatement(cluster, statement, keyspace),
);
