import type {
  ChangeManyPlan,
  ChangeManyRequest,
  DeletionCount,
  DeletionCountRequest,
} from '@/lib/contract/change-many';
import { changeMany, changeManyStart, deletionCount } from '@/lib/contract/endpoints/change-many';
import type { Job } from '@/lib/contract/jobs';
import { call } from './http';

/** The requests of dialogs that are loaded when they open: the table of endpoints of every page has none of them. */

/** Counts the rows of a change, and shows the first statements. Nothing is written. */
export function planChange(cluster: string, input: ChangeManyRequest, signal?: AbortSignal): Promise<ChangeManyPlan> {
  return call(() => changeMany.post, { cluster, input }, signal === undefined ? {} : { signal });
}

/** Makes a job of what a plan showed, which runs on when this page is closed. */
export function startChange(cluster: string, input: { token: string; confirmName?: string }): Promise<Job> {
  return call(() => changeManyStart.post, { cluster, input });
}

/** Counts what a deletion would cover, up to a bound. */
export function countDeletion(
  cluster: string,
  input: DeletionCountRequest,
  signal: AbortSignal,
): Promise<DeletionCount> {
  return call(() => deletionCount.post, { cluster, input }, { signal });
}
