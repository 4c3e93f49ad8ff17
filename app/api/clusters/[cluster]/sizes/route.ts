import { readSizes } from '@/lib/cassandra/schema/sizes';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { visibleSizes } from '@/lib/rights/visible';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.sizes.get, async ({ cluster, rights }) =>
  visibleSizes(await readSizes(cluster), rights, cluster.name),
);
