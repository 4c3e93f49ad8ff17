import 'server-only';
import { clusterSummaries } from '@/lib/cassandra/client/registry';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Endpoint } from '@/lib/contract/endpoint';
import { NO_LIMITS, type WorkLimits } from '@/lib/rights/limits';
import { type RightsAsked, requestNeeds } from '@/lib/rights/request-needs';
import type { PersonRights } from '@/lib/rights/rules';
import { shownClusters } from '@/lib/rights/visible';
import { checkKept, checkNeeds, rightsOfAsker } from '@/lib/server-rights';
import { principalOf } from './principal';

/** The rights of whoever sent a request; null: everybody may do everything, because nobody signs in. */
export function rightsOfRequest(request: Parameters<typeof principalOf>[0]): PersonRights | null {
  return rightsOfAsker(principalOf(request).asker);
}

/** The clusters that whoever sent a request may see, with what they may not do there. */
export function clustersFor(headers: Pick<Headers, 'get'>): ClusterSummary[] {
  return shownClusters(clusterSummaries(), rightsOfRequest({ headers }));
}

/**
 * Whether a person has what a request needs: the one check of every endpoint, before its handler.
 * @returns what limits the person in it
 * @throws as `checkNeeds`
 */
export async function checkRights(
  { right, masks }: Pick<Endpoint, 'right' | 'masks'>,
  asked: RightsAsked,
  rights: PersonRights | null,
): Promise<WorkLimits> {
  if (rights === null || right === 'none') return NO_LIMITS;
  const limits = await checkNeeds(requestNeeds(right, asked), rights, masks);
  if ([right].flat().some((one) => one.endsWith(' spark'))) checkKept(limits);
  return limits;
}
