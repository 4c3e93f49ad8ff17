import { getCluster } from '@/lib/cassandra/client/registry';
import { readSchema } from '@/lib/cassandra/schema/schema';
import { schemaResponseSchema } from '@/lib/contract/schema';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

export const GET = route(async (_request, { cluster }: { cluster: string }) =>
  json(schemaResponseSchema, await readSchema(getCluster(cluster), { fresh: true })),
);
