import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { endedSession } from '@/lib/http/sign-in';

export const DELETE = route(endpoints.session.delete, ({ params: { id }, headers }) => endedSession(id, headers));
