import { useCallback } from 'react';
import { type BrowseAddress, type BrowseChange, readAddress, wholeChange, writeAddress } from '@/lib/browse/address';
import { useSearchState } from '@/lib/client/use-search-state';

const BROWSE = { read: readAddress, write: writeAddress };

/**
 * The address as state. Each change is a step that the browser's Back undoes, unless it `replaces` the present one. A
 * change of the rows themselves starts at the first one.
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
