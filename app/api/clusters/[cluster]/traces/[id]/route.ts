import { readTrace } from '@/lib/cassandra/client/trace';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.trace.get, ({ cluster, params: { id }, signal }) => readTrace(cluster, id, signal));
