import { call } from './http';

/** Has `npm start` restart the Cassandra it came with; resolves once that has begun. */
export function restartOwnCassandra() {
  return call((to) => to.ownCassandraRestart.post, {});
}
