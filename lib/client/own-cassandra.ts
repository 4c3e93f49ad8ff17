import * as endpoints from '@/lib/contract/endpoints';
import { call } from './http';

/** Asks `npm start` to start its own Cassandra again; resolves once it does. */
export function restartOwnCassandra() {
  return call(endpoints.ownCassandraRestart.post, {});
}
