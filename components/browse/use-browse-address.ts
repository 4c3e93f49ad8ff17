import { useCallback } from 'react';
import { type BrowseAddress, type BrowseChange, readAddress, wholeChange, writeAddress } from '@/lib/browse/address';
import { useSearchState } from '@/lib/client/use-search-state';

const BROWSE = { read: readAddress, write: writeAddress };

/**
 * The address as state; each change is a step that the browser can go back, with what follows from it, unless it
 * `replaces` the present one.
 */
export function useBrowseAddress(): [BrowseAddress, (change: BrowseChange, replaces?: boolean) => void] {
  const [address, write] = useSearchState(BROWSE);
  const change = useCallback(
    (wanted: BrowseChange, replaces = false) =>
      write(replaces ? wanted : wholeChange(wanted), replaces ? 'replace' : 'push'),
    [write],
  );
  return [address, change];
}
