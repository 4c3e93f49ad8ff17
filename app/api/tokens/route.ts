import * as endpoints from '@/lib/contract/endpoints';
import { madeApiToken, ownApiTokens } from '@/lib/http/api-tokens';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.apiTokens.get, ({ headers, rights }) => ownApiTokens(headers, rights));

export const POST = route(endpoints.apiTokens.post, ({ input, headers, rights }) =>
  madeApiToken(input, headers, rights),
);
