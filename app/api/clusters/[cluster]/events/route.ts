import * as endpoints from '@/lib/contract/endpoints';
import { clusterEvents } from '@/lib/events/events';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.clusterEvents.get, ({ cluster, input }) => clusterEvents(cluster.name).list(input));
