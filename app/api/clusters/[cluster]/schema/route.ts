import { readSchema } from '@/lib/cassandra/schema/schema';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.schema.get, ({ cluster }) => readSchema(cluster, { fresh: true }));
