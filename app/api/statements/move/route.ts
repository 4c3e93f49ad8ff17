import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { savedStatements } from '@/lib/statements/saved';

export const POST = route(endpoints.moveStatement.post, ({ input: { path, to, version }, principal }) =>
  savedStatements(principal).move(path, to, version),
);
