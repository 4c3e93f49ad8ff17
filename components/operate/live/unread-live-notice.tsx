import { UnreadNotice } from '@/components/shell/unread-notice';
import { unreadLiveParts } from './unread-live';

/** What of the address chooses no plots. */
export default function UnreadLiveNotice() {
  return <UnreadNotice unread={unreadLiveParts} />;
}
