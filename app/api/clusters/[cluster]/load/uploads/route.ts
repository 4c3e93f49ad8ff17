import * as endpoints from '@/lib/contract/endpoints';
import { serverUploads } from '@/lib/http/loads';
import { route } from '@/lib/http/route';
import { checkWritable } from '@/lib/mutations/table';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.loadUploads.get, async ({ principal }) => ({
  uploads: await serverUploads().list(principal),
}));

export const POST = route(endpoints.loadUploads.post, ({ cluster, principal, input }) => {
  checkWritable(cluster);
  return serverUploads().create(principal, input);
});
