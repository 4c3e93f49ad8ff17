import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { serverSchedules } from '@/lib/server-schedules';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.schedule.get, ({ principal, params: { name } }) =>
  serverSchedules().get(principal, name),
);

export const POST = route(endpoints.schedule.post, ({ principal, params: { name }, input }) =>
  serverSchedules().act(principal, name, input),
);

export const DELETE = route(endpoints.schedule.delete, async ({ principal, params: { name } }) => {
  await serverSchedules().remove(principal, name);
  return new Response(null, { status: 204 });
});
