import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { signedIn, signedOut, signInState } from '@/lib/http/sign-in';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.signIn.get, ({ headers }) => signInState(headers));

export const POST = route(endpoints.signIn.post, ({ input, headers }) => signedIn(input, headers));

export const DELETE = route(endpoints.signIn.delete, ({ headers }) => signedOut(headers));
