import { saveEdit, viewOf } from '@/lib/clusters/edit';
import { serverConfiguration } from '@/lib/clusters/server-configuration';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.configurationSave.post, async ({ input: { cluster, revision } }) => {
  await saveEdit(serverConfiguration(), cluster, revision);
  return viewOf(serverConfiguration());
});
