import { UnreadNotice } from '@/components/shell/unread-notice';
import { unreadEventParts } from './unread-events';

/** What of the address chooses no events. */
export default function UnreadEventsNotice() {
  return <UnreadNotice unread={unreadEventParts} />;
}
