import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { ownSessions } from '@/lib/http/sign-in';
import { lackOf, need } from '@/lib/rights/needs';
import { EVERY_CLUSTER } from '@/lib/rights/rules';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.sessions.get, ({ headers, rights }) => ({
  sessions: ownSessions(headers),
  mayEndOthers: rights !== null && lackOf(rights, [need('admin', { cluster: EVERY_CLUSTER })]) === null,
}));
