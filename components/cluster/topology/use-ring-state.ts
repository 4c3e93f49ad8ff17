import { useCallback } from 'react';
import { useSearchState } from '@/lib/client/use-search-state';
import { type RingAddress, readRingAddress, writeRingAddress } from '@/lib/cluster/ring-address';

const RING = { read: readRingAddress, write: writeRingAddress };

/** The ring page's address as state; each change is a step that the browser can go back. */
export function useRingState(): [RingAddress, (change: Partial<RingAddress>) => void] {
  const [state, write] = useSearchState(RING);
  const change = useCallback((wanted: Partial<RingAddress>) => write(wanted, 'push'), [write]);
  return [state, change];
}
