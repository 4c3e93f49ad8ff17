import { viewOf } from '@/lib/clusters/edit';
import { serverConfiguration } from '@/lib/clusters/server-configuration';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.configuration.get, () => viewOf(serverConfiguration()));
