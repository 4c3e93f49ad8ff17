import { locateKey } from '@/lib/cassandra/nodes/replicas';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.replicas.post, ({ cluster, input }) => locateKey(cluster, input));
