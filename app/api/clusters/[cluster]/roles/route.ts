import { readRoles } from '@/lib/cassandra/roles/read-roles';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.roles.get, ({ cluster }) => readRoles(cluster));
