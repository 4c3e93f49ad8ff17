import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { serverSchedules } from '@/lib/server-schedules';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.scheduleList.get, ({ principal }) => serverSchedules().list(principal));
