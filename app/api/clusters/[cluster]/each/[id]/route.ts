import * as endpoints from '@/lib/contract/endpoints';
import { eachRuns } from '@/lib/each/runs';
import { route } from '@/lib/http/route';

export const DELETE = route(endpoints.eachRun.delete, ({ params: { id }, principal }) => ({
  stopping: eachRuns.stop(id, principal),
}));
