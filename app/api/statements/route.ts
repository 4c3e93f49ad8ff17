import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { ruleAnywhere } from '@/lib/rights/rules';
import { savedStatements } from '@/lib/statements/saved';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.savedStatements.get, async ({ input: { search }, principal, rights }) => ({
  ...(await savedStatements(principal).list(search)),
  mayShare: rights === null || ruleAnywhere(rights, 'write') !== null,
}));
export const POST = route(endpoints.savedStatements.post, ({ input, principal }) =>
  savedStatements(principal).save(input),
);
