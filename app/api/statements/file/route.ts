import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { savedStatements } from '@/lib/statements/saved';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.savedStatement.get, ({ input: { path } }) => savedStatements().read(path));
export const DELETE = route(endpoints.savedStatement.delete, async ({ input: { path, version } }) => {
  await savedStatements().remove(path, version);
  return new Response(null, { status: 204 });
});
