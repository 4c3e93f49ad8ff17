import * as endpoints from '@/lib/contract/endpoints';
import { ownRightsAnswer } from '@/lib/http/rights-answer';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.ownRights.get, ({ cluster, rights, input, principal }) =>
  ownRightsAnswer({ cluster, rights }, input, principal.asker),
);
