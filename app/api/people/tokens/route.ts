import * as endpoints from '@/lib/contract/endpoints';
import { everybodysApiTokens } from '@/lib/http/api-tokens';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.peopleApiTokens.get, ({ input: { search = '' } }) => everybodysApiTokens(search));
