import { type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { canSortBy } from '@/lib/cluster/nodes-address';
import { NODE_GROUPS } from '@/lib/cluster/nodes-table';
import { NODE_STATES } from '@/lib/contract/nodes';

/** The parts of a query string that arrange the nodes and cannot be read. */
export function unreadNodeParts(search: string): readonly UnreadPart[] {
  return unreadIn(search, {
    sort: { canRead: canSortBy, expected: 'expected the name of a column, after a minus for the largest first' },
    group: {
      canRead: (text) => NODE_GROUPS.some((name) => name === text),
      expected: `expected one of ${NODE_GROUPS.join(', ')}`,
    },
    state: {
      canRead: (text) => NODE_STATES.some((name) => name === text),
      expected: `expected one of ${NODE_STATES.join(', ')}`,
    },
  });
}
