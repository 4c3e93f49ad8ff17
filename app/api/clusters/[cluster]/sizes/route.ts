import { readSizes } from '@/lib/cassandra/schema/sizes';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.sizes.get, ({ cluster }) => readSizes(cluster));
