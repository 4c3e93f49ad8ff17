import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { serverSchedules } from '@/lib/server-schedules';

export const POST = route(endpoints.schedulePlan.post, ({ principal, params: { cluster }, input }) =>
  serverSchedules().plan(principal, cluster, input),
);
