import { UnreadNotice } from '@/components/shell/unread-notice';
import type { TablePlace } from '@/lib/client/place';
import { useSearchState } from '@/lib/client/use-search-state';
import { LOAD_ADDRESS, unreadLoadParts } from './load-address';
import { LoadForm } from './load-form';

/** A load of a file, or of the failed records that the address names. */
export default function LoadView({ place }: { place: TablePlace }) {
  const [{ again }, setAddress] = useSearchState(LOAD_ADDRESS);
  return (
    <>
      <UnreadNotice unread={unreadLoadParts} />
      <LoadForm place={place} again={again} onAgain={(job) => setAddress({ again: job }, 'push')} />
    </>
  );
}
