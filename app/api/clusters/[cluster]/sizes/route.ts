import { getCluster } from '@/lib/cassandra/client/registry';
import { readSizes } from '@/lib/cassandra/schema/sizes';
import { sizesResponseSchema } from '@/lib/contract/schema';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

export const GET = route(async (_request, { cluster }: { cluster: string }) =>
  json(sizesResponseSchema, await readSizes(getCluster(cluster))),
);
