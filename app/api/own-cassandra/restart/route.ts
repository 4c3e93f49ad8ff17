import { restartResponseSchema } from '@/lib/contract/clusters';
import { json, route } from '@/lib/http/respond';
import { restartOwnCassandra } from '@/lib/own-cassandra';

/** Starts the Cassandra of `npm start` again, after it has ended. */
export const POST = route(async () => {
  await restartOwnCassandra();
  return json(restartResponseSchema, { state: 'starting' }, 202);
});
