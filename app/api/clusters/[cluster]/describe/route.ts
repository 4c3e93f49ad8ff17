import { z } from 'zod';
import { getCluster } from '@/lib/cassandra/client/registry';
import { describe } from '@/lib/cassandra/schema/describe';
import { describeResponseSchema } from '@/lib/contract/schema';
import { json, parseInput, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

const searchSchema = z.object({ keyspace: z.string().min(1), table: z.string().min(1).optional() });

export const GET = route(async (request, { cluster }: { cluster: string }) => {
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const { keyspace, table } = parseInput(searchSchema, search);
  return json(describeResponseSchema, await describe(getCluster(cluster), keyspace, table));
});
