import { scriptRuns } from '@/lib/cassandra/run-script';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const DELETE = route(endpoints.scriptRun.delete, ({ params: { id }, principal }) => ({
  stopping: scriptRuns.stop(id, principal),
}));
