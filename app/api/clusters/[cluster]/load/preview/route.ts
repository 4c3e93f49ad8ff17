import * as endpoints from '@/lib/contract/endpoints';
import { findInput, shownPreview } from '@/lib/http/loads';
import { route } from '@/lib/http/route';
import { previewLoad } from '@/lib/load/plan';

export const POST = route(endpoints.loadPreview.post, async ({ cluster, input, principal, rights, signal }) => {
  const { from, ...given } = input;
  const found = await findInput({ principal, rights }, cluster.name, from);
  return shownPreview(await previewLoad(cluster, { ...found, ...given }, { principal, rights, signal }), input);
});
