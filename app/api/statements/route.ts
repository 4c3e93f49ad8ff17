import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { savedStatements } from '@/lib/statements/saved';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.savedStatements.get, ({ input: { search } }) => savedStatements().list(search));
export const POST = route(endpoints.savedStatements.post, ({ input }) => savedStatements().save(input));
