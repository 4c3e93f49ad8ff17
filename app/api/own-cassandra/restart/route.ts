import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { restartOwnCassandra } from '@/lib/own-cassandra';

/** Restarts the Cassandra of `npm start` after it has ended. */
export const POST = route(endpoints.ownCassandraRestart.post, async () => {
  await restartOwnCassandra();
  return { state: 'starting' as const };
});
