import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { nextTimes } from '@/lib/schedules/times';

export { HEAD } from '@/lib/http/head';

const SHOWN = 5;

export const GET = route(endpoints.scheduleTimes.get, ({ input }) => {
  return { times: nextTimes(input, new Date(), SHOWN).map((time) => time.toISOString()) };
});
