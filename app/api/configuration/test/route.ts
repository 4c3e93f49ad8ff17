import { testEdit } from '@/lib/clusters/edit';
import { serverConfiguration } from '@/lib/clusters/server-configuration';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.configurationTest.post, ({ input: { cluster }, signal }) =>
  testEdit(serverConfiguration(), cluster, signal),
);
