import type { MutationPlan } from '@/lib/contract/mutations';

/** A line of the review: a change, with why it was refused; or a statement, after the changes that it makes. */
export type ReviewItem =
  | { readonly kind: 'change'; readonly key: string; readonly change: number; readonly refusal: string | null }
  | { readonly kind: 'statement'; readonly key: string; readonly index: number };

/** Refusals first, then each statement after its changes. @param shows which statements; null: all, and refusals */
export function itemsOf(plan: MutationPlan, shows: ((statement: number) => boolean) | null): readonly ReviewItem[] {
  const items: ReviewItem[] = plan.refusals.map(({ change, message }) => ({
    ...{ kind: 'change', key: `refused ${change}`, change, refusal: message },
  }));
  const said = new Set<number>();
  for (const [index, { changes }] of plan.statements.entries()) {
    if (shows !== null && !shows(index)) continue;
    for (const change of changes) {
      // A move is two statements, and one change.
      if (!said.has(change)) items.push({ kind: 'change', key: `change ${change}`, change, refusal: null });
      said.add(change);
    }
    items.push({ kind: 'statement', key: `statement ${index}`, index });
  }
  return items;
}
