import { readSchema } from '@/lib/cassandra/schema/schema';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { shownSchema } from '@/lib/rights/visible';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.schema.get, async ({ cluster, rights }) =>
  shownSchema(await readSchema(cluster, { fresh: true }), rights, cluster.name),
);
