import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { goneToProvider } from '@/lib/http/sign-in';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.signInOidc.get, ({ params: { provider }, input: { to } }) =>
  goneToProvider(provider, to),
);
