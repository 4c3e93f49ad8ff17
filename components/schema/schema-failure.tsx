import { FailureState } from '@/components/shell/failure-state';
import type { useKeyspace } from './use-keyspace';

/** The schema could not be read, or not reloaded: then the last one stays in view. */
export function SchemaFailure({ query }: { query: ReturnType<typeof useKeyspace>['query'] }) {
  if (query.error === null) return null;
  const title = query.data === undefined ? 'The schema could not be read' : 'The schema could not be reloaded';
  return <FailureState title={title} error={query.error} onRetry={() => query.refetch()} retrying={query.isFetching} />;
}
