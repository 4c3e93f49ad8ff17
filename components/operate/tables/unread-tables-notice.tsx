import { UnreadNotice } from '@/components/shell/unread-notice';
import { unreadTablesParts } from './unread-tables';

/** What of the address chooses no tables. */
export default function UnreadTablesNotice() {
  return <UnreadNotice unread={unreadTablesParts} />;
}
