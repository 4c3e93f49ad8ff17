import { parseAsNativeArrayOf, parseAsString, useQueryStates } from 'nuqs';

const PARSERS = {
  keyspace: parseAsString,
  table: parseAsString,
  /** What was typed for each partition key column, in the key's order: `key=SEA&key=2001-01-09`. */
  key: parseAsNativeArrayOf(parseAsString),
};

/** What of the ring page stands in its address, so that a reload or a shared link shows the same. */
export function useRingState() {
  return useQueryStates(PARSERS, { history: 'push' });
}
