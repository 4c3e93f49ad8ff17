import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { backFromProvider } from '@/lib/http/sign-in';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.signInOidcCallback.get, ({ params: { provider }, input, headers }) =>
  backFromProvider(provider, `?${new URLSearchParams(input)}`, headers),
);
