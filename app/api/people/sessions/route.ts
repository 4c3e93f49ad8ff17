import * as endpoints from '@/lib/contract/endpoints';
import { everybodysSessions } from '@/lib/http/people-sessions';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.peopleSessions.get, ({ input: { search = '' }, headers }) =>
  everybodysSessions(search, headers),
);
