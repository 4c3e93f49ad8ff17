import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ignore, type SharedPart } from '@/components/ui/states';
import { ChangeStore } from '@/lib/changes/change-store';
import { deletionCountQuery } from '@/lib/client/change-many';
import type { DeletionCount } from '@/lib/contract/change-many';
import { PLACE, TABLE } from '../review/test-review';
import { DeleteManyDialog } from './delete-many-dialog';

const KEY = { origin: 'SEA' };
const COUNT: DeletionCount = {
  ...{ rows: 42, isComplete: true, at: '2026-11-29T12:00:00.000Z', consistency: 'LOCAL_QUORUM', statics: null },
  statement: "SELECT departs FROM flights.by_origin_day WHERE origin = 'SEA'",
};

/** What is drawn has the count already: no server is asked. */
function Counted({ count, children }: { count: DeletionCount; children: ReactNode }) {
  const [client] = useState(() => {
    const made = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
    made.setQueryData(deletionCountQuery(PLACE, { kind: 'delete_partition', key: KEY }).queryKey, count);
    return made;
  });
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

const dialogOf = (count: Partial<DeletionCount>) => () => (
  <Counted count={{ ...COUNT, ...count }}>
    <DeleteManyDialog store={new ChangeStore(PLACE, TABLE)} of={{ ...KEY, departs: 610 }} onClose={ignore} />
  </Counted>
);

const dialog = ['dialog', 'Delete a range or a partition'] as const;

export const deleteManyStates: SharedPart = {
  name: 'delete-many',
  states: {
    counted: { covers: true, draw: dialogOf({}), shows: [dialog, ['status'], ['button', 'Delete the partition']] },
    'more than it counted, with static values': {
      covers: true,
      draw: dialogOf({ rows: 10_000, isComplete: false, statics: { carrier: 'Alaska' } }),
      shows: [dialog, ['status'], ['note']],
    },
  },
};
