import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { savedStatements } from '@/lib/statements/saved';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.savedStatement.get, ({ input: { path }, principal }) =>
  savedStatements(principal).read(path),
);
export const DELETE = route(endpoints.savedStatement.delete, async ({ input: { path, version }, principal }) => {
  await savedStatements(principal).remove(path, version);
  return new Response(null, { status: 204 });
});
