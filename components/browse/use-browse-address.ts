import { useCallback, useMemo } from 'react';
import { AT_START, type BrowseAddress, type BrowseChange, readAddress, writeAddress } from '@/lib/browse/address';
import { useLocationSearch, writeSearch } from '@/lib/client/use-location-search';

/**
 * The address as state; each change is a step that the browser can go back, unless it `replaces` the present one. What
 * changes the rows themselves begins at their start.
 */
export function useBrowseAddress(): [BrowseAddress, (change: BrowseChange, replaces?: boolean) => void] {
  const search = useLocationSearch();
  const address = useMemo(() => readAddress(search), [search]);
  const change = useCallback((wanted: BrowseChange, replaces = false) => {
    const others = wanted.filters !== undefined || wanted.reversed !== undefined || wanted.filtering !== undefined;
    writeSearch(writeAddress(window.location.search, others ? { ...AT_START, ...wanted } : wanted), replaces);
  }, []);
  return [address, change];
}
