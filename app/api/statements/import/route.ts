import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { savedStatements } from '@/lib/statements/saved';

export const POST = route(endpoints.importStatement.post, ({ input: { path, text }, principal }) =>
  savedStatements(principal).import(path, text),
);
