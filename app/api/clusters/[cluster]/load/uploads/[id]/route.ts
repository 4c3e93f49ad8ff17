import * as endpoints from '@/lib/contract/endpoints';
import { serverUploads } from '@/lib/http/loads';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.loadUpload.post, ({ principal, params: { id }, input: { at }, body }) =>
  serverUploads().append(principal, id, at, body),
);

export const DELETE = route(endpoints.loadUpload.delete, async ({ principal, params: { id } }) => {
  await serverUploads().remove(principal, id);
  return new Response(null, { status: 204 });
});
