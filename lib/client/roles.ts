import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { type Applied, appliedAfter } from '@/lib/contract/applied';
import type { ApiError } from '@/lib/contract/errors';
import { reloadHistory } from './history';
import { ApiFailure, call } from './http';
import { clusterKey } from './queries';
import { randomId } from './random-id';
import { sendTogether } from './scripts';

const rolesKey = (cluster: string) => [...clusterKey(cluster), 'roles'] as const;

/** Cassandra's roles. They change rarely, so they are read when the page is opened, and when it asks again. */
export const rolesQuery = (cluster: string) =>
  queryOptions({
    queryKey: rolesKey(cluster),
    queryFn: ({ signal }) => call((to) => to.roles.get, { cluster }, { signal }),
    staleTime: 0,
  });

/** What became of one statement about roles. */
export interface RoleOutcome {
  readonly applied: Applied;
  readonly error: ApiError | null;
}

interface Reviewed {
  /** Exactly as they were shown. */
  readonly statements: readonly string[];
  /** The name that was typed for what is dropped. */
  readonly name?: string | undefined;
}

/**
 * Runs statements that were reviewed, one after another, and stops at the first that fails. Nothing is sent twice.
 * @returns an outcome for each that was sent: fewer than the statements after a failure. It never throws: what got no
 * answer is unknown.
 */
export async function runReviewed(
  client: QueryClient,
  cluster: string,
  { statements, name }: Reviewed,
): Promise<readonly RoleOutcome[]> {
  const outcomes: RoleOutcome[] = [];
  const confirmed = statements.map((statement) => ({
    statement,
    confirm: { statement, ...(name === undefined ? {} : { name }) },
  }));
  try {
    const sent = { id: randomId(), statements: confirmed, goesOn: false };
    for await (const { error } of sendTogether(cluster, sent, new AbortController().signal)) {
      outcomes.push(outcomeOf(error));
    }
  } catch (error) {
    outcomes.push(lostOutcome(error));
  } finally {
    reloadHistory(client, cluster);
    void client.invalidateQueries({ queryKey: rolesKey(cluster) });
  }
  return outcomes;
}

/** A statement about roles writes several rows, one after another: where replicas are missing, some may be written. */
function outcomeOf(error: ApiError | undefined): RoleOutcome {
  return error === undefined ? { applied: 'applied', error: null } : { applied: appliedAfter(error.code, true), error };
}

/** The whole request was refused, or its answer was lost. */
function lostOutcome(error: unknown): RoleOutcome {
  if (!(error instanceof ApiFailure)) {
    const failure: ApiError = {
      code: 'internal_error',
      message: 'Something went wrong in this page.',
      detail: String(error),
      retryable: false,
    };
    return { applied: 'unknown', error: failure };
  }
  // The server refuses a request before it sends anything.
  const isRefused = error.status >= 400 && error.status < 500;
  return { applied: isRefused ? 'not_applied' : 'unknown', error: error.error };
}
