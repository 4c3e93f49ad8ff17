import { restartResponseSchema } from '@/lib/contract/clusters';
import { postJson } from './http';
import { apiPath } from './paths';

/** Asks `npm start` to start its own Cassandra again; resolves once it does. */
export function restartOwnCassandra() {
  return postJson(restartResponseSchema, apiPath.restartOwnCassandra, {});
}
