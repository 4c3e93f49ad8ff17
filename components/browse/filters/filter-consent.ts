import { useState } from 'react';
import type { BrowseAddress } from '@/lib/browse/address';
import type { ViewPlan } from '@/lib/browse/planner';

export interface FilterConsent {
  /** The view reads with ALLOW FILTERING and nobody has agreed to that on this page: a link is no agreement. */
  readonly missing: boolean;
  readonly give: () => void;
}

/** Agreement to filtering holds for the filters it was given for, until somebody leaves the page. */
export function useFilterConsent(
  { filters, filtering }: Pick<BrowseAddress, 'filters' | 'filtering'>,
  built: ViewPlan | undefined,
): FilterConsent {
  const [given, setGiven] = useState<string | null>(null);
  const key = JSON.stringify(filters);
  // Filtering may turn out not to be needed, but nothing is read before the plan says so.
  const isNeeded = filtering && (built === undefined || built.needsFiltering !== null);
  return { missing: isNeeded && given !== key, give: () => setGiven(key) };
}
