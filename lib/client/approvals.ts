import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Approval, ApprovalAction, AskApproval } from '@/lib/contract/approvals';
import type { Pass } from '@/lib/contract/passes';
import { call, send } from './http';
import { clusterKey } from './queries';

/** Others decide and run meanwhile. */
const LOOK_MS = 4_000;

export const approvalsKey = (cluster: string) => [...clusterKey(cluster), 'approvals'] as const;

/** What waits and what became of it, while somebody looks. */
export const approvalsQuery = (cluster: string) =>
  queryOptions({
    queryKey: approvalsKey(cluster),
    queryFn: ({ signal }) => call((to) => to.approvals.get, { cluster }, { signal }),
    refetchInterval: LOOK_MS,
    staleTime: 0,
  });

/** One change, with everything that runs, in this state: what is known of the one before stands until it is read. */
export const approvalQuery = (cluster: string, id: string, state: string) =>
  queryOptions({
    queryKey: [...approvalsKey(cluster), id, state],
    queryFn: ({ signal }) => call((to) => to.approval.get, { cluster, id }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });

/** Keeps a change until somebody else approves it. Nothing runs. @throws ApiFailure */
export function askForApproval(cluster: string, input: AskApproval): Promise<Approval> {
  return call((to) => to.approvals.post, { cluster, input });
}

/** Approves, refuses, withdraws or runs; a run answers when it has ended. @throws ApiFailure */
export function actOnApproval(cluster: string, id: string, input: ApprovalAction): Promise<Approval> {
  return call((to) => to.approval.post, { cluster, id, input });
}

/** @throws ApiFailure */
export function takePass(cluster: string, input: { reason: string; minutes: number }): Promise<Pass> {
  return call((to) => to.pass.post, { cluster, input });
}

/** Ends one's own pass. @throws ApiFailure */
export async function endPass(cluster: string): Promise<void> {
  await send((to) => to.pass.delete, { cluster });
}
