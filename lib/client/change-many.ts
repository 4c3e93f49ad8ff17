import { queryOptions, skipToken } from '@tanstack/react-query';
import type { ChangeManyPlan, ChangeManyRequest } from '@/lib/contract/change-many';
import { changeMany, changeManyStart, deletionCount } from '@/lib/contract/endpoints/change-many';
import type { Job } from '@/lib/contract/jobs';
import { jsonText } from '@/lib/contract/json';
import type { RowChange } from '@/lib/contract/mutations';
import { call } from './http';
import type { TablePlace } from './place';

/** The requests of dialogs that are loaded when they open: the table of endpoints of every page has none of them. */

/** Counts the rows of a change, and shows the first statements. Nothing is written. */
export function planChange(cluster: string, input: ChangeManyRequest, signal?: AbortSignal): Promise<ChangeManyPlan> {
  return call(() => changeMany.post, { cluster, input }, signal === undefined ? {} : { signal });
}

/** Makes a job of what a plan showed, which runs on when this page is closed. */
export function startChange(cluster: string, input: { token: string; confirmName?: string }): Promise<Job> {
  return call(() => changeManyStart.post, { cluster, input });
}

/** The rows that a deletion would cover, up to a bound. A count is of one moment: the next dialog takes its own. */
export const deletionCountQuery = ({ cluster, keyspace, table }: TablePlace, change: RowChange | null) =>
  queryOptions({
    queryKey: ['deletion-count', cluster, keyspace, table, change === null ? null : jsonText(change)],
    queryFn:
      change === null
        ? skipToken
        : ({ signal }) => call(() => deletionCount.post, { cluster, input: { keyspace, table, change } }, { signal }),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
