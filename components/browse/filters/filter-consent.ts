import { useState } from 'react';
import type { BrowseAddress } from '@/lib/browse/address';
import type { ViewPlan } from '@/lib/browse/planner';

export interface FilterConsent {
  /** The view reads with ALLOW FILTERING and nobody has agreed to it on this page: a link alone is no agreement. */
  readonly missing: boolean;
  readonly give: () => void;
}

/** Agreement to filtering holds for the filters that it was given for, on this page, until it is left. */
export function useFilterConsent(
  { filters, filtering }: Pick<BrowseAddress, 'filters' | 'filtering'>,
  built: ViewPlan | undefined,
): FilterConsent {
  const [given, setGiven] = useState<string | null>(null);
  const key = JSON.stringify(filters);
  // Before the plan is known it may be that filtering is not even needed: nothing is read that was not agreed to.
  const isNeeded = filtering && (built === undefined || built.needsFiltering !== null);
  return { missing: isNeeded && given !== key, give: () => setGiven(key) };
}
