import { useCallback } from 'react';
import { AT_START, type BrowseAddress, type BrowseChange, readAddress, writeAddress } from '@/lib/browse/address';
import { useSearchState } from '@/lib/client/use-search-state';

const BROWSE = { read: readAddress, write: writeAddress };

/**
 * The address as state; each change is a step that the browser can go back, unless it `replaces` the present one. What
 * changes the rows themselves begins at their start.
 */
export function useBrowseAddress(): [BrowseAddress, (change: BrowseChange, replaces?: boolean) => void] {
  const [address, write] = useSearchState(BROWSE);
  const change = useCallback(
    (wanted: BrowseChange, replaces = false) => {
      const others = wanted.filters !== undefined || wanted.reversed !== undefined || wanted.filtering !== undefined;
      write(others ? { ...AT_START, ...wanted } : wanted, replaces ? 'replace' : 'push');
    },
    [write],
  );
  return [address, change];
}
