import { useCallback, useMemo, useRef } from 'react';
import { useSearchState } from '@/lib/client/use-search-state';
import { readWhatIfAddress, type WhatIfAddress, writeWhatIfAddress } from '@/lib/cluster/what-if-address';
import type { Node } from '@/lib/contract/topology';

const WHAT_IF = { read: readWhatIfAddress, write: writeWhatIfAddress };

/** The page's address as state; each change is a step that the browser can go back. */
export function useWhatIf(): [WhatIfAddress, (change: Partial<WhatIfAddress>) => void] {
  const [state, write] = useSearchState(WHAT_IF);
  const change = useCallback((wanted: Partial<WhatIfAddress>) => write(wanted, 'push'), [write]);
  return [state, change];
}

/**
 * The nodes, the same array for as long as the ring is the same: a refresh brings a new load or state every time, and a
 * large ring is not placed again for that.
 */
export function useSteadyRing(nodes: readonly Node[]): readonly Node[] {
  const held = useRef(nodes);
  return useMemo(() => {
    if (!isSameRing(held.current, nodes)) held.current = nodes;
    return held.current;
  }, [nodes]);
}

/** Unchanged parts of an answer are the same objects as before, so the tokens need no look. */
function isSameRing(before: readonly Node[], after: readonly Node[]): boolean {
  return (
    before.length === after.length &&
    before.every((old, index) => {
      const now = after[index];
      return (
        now !== undefined &&
        old.address === now.address &&
        old.datacenter === now.datacenter &&
        old.rack === now.rack &&
        old.tokens === now.tokens
      );
    })
  );
}
