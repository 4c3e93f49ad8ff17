import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, lazy } from 'react';
import { Later } from '@/components/ui/later';
import { clustersQuery, stateQuery } from '@/lib/client/queries';
import type { Changing } from '@/lib/contract/rights';

/** Few clusters want a second person: reviews load it where theirs does. */
const AskApproval = lazy(() => import('./ask-approval'));

/** In a review, instead of what runs it. */
export function SecondPerson(props: ComponentProps<typeof AskApproval>) {
  return (
    <Later>
      <AskApproval {...props} />
    </Later>
  );
}

/** Whether changes of these sorts wait for a second person: not while an own emergency pass lasts. */
export function useSecondPerson(cluster: string, changes: readonly Changing[]): boolean {
  const { data } = useQuery(clustersQuery());
  const held = data?.clusters.find(({ name }) => name === cluster)?.approval ?? [];
  const isHeld = changes.some((one) => held.includes(one));
  const state = useQuery({ ...stateQuery(), enabled: isHeld });
  return isHeld && state.data?.passes?.some((pass) => pass.isOwn && pass.cluster === cluster) !== true;
}
