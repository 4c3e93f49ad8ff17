import { classifyStatement, classifyWith } from '@/lib/cassandra/read/query-plan';
import { readSchema } from '@/lib/cassandra/schema/schema';
import * as endpoints from '@/lib/contract/endpoints';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { route } from '@/lib/http/route';
import { visibleSchema } from '@/lib/rights/visible';

export const POST = route(endpoints.classify.post, async ({ cluster, rights, input: { statement, keyspace } }) => {
  if (rights === null) return classifyStatement(cluster, statement, keyspace);
  // What may not be seen is to it what is not there.
  const { keyspaces } = visibleSchema(await readSchema(cluster), rights, cluster.name);
  return classifyWith(cluster, schemaLookup(keyspaces), statement, keyspace);
});
