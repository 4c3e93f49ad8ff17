import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { ownSessions } from '@/lib/http/sign-in';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.sessions.get, ({ headers }) => ({ sessions: ownSessions(headers) }));
