import * as endpoints from '@/lib/contract/endpoints';
import { stopEach } from '@/lib/each/runs';
import { route } from '@/lib/http/route';

export const DELETE = route(endpoints.eachRun.delete, ({ params: { id }, principal }) => ({
  stopping: stopEach(id, principal),
}));
