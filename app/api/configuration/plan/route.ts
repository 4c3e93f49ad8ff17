import { planEdit } from '@/lib/clusters/edit';
import { serverConfiguration } from '@/lib/clusters/server-configuration';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(
  endpoints.configurationPlan.post,
  ({ input: { cluster } }) => planEdit(serverConfiguration(), cluster).plan,
);
