import * as endpoints from '@/lib/contract/endpoints';
import { personRightsAnswer } from '@/lib/http/rights-answer';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.personRights.get, ({ cluster, rights, input }) =>
  personRightsAnswer({ cluster, rights }, input),
);
