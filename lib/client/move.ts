import type { ComparePlan, CompareRequest } from '@/lib/contract/compare';
import type { CopyPlan, CopyRequest } from '@/lib/contract/copy';
import { compare, compareStart } from '@/lib/contract/endpoints/compare';
import { copy, copyStart } from '@/lib/contract/endpoints/copy';
import type { Job } from '@/lib/contract/jobs';
import { call } from './http';

/** The requests of a dialog that is loaded when it opens: the table of endpoints of every page has none of them. */

/** What a copy would read, create and write. Nothing is written. */
export function planCopy(cluster: string, input: CopyRequest): Promise<CopyPlan> {
  return call(() => copy.post, { cluster, input });
}

/** Makes a job of what a plan showed, which runs on when this page is closed. */
export function startCopy(cluster: string, input: { token: string; confirmName?: string }): Promise<Job> {
  return call(() => copyStart.post, { cluster, input });
}

/** What a comparison would read. */
export function planCompare(cluster: string, input: CompareRequest): Promise<ComparePlan> {
  return call(() => compare.post, { cluster, input });
}

export function startCompare(cluster: string, input: CompareRequest): Promise<Job> {
  return call(() => compareStart.post, { cluster, input });
}
