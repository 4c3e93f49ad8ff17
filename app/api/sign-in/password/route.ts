import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { changedPassword } from '@/lib/http/sign-in';

export const POST = route(endpoints.ownPassword.post, ({ input, headers }) => changedPassword(input, headers));
