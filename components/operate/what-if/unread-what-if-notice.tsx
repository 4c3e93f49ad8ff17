import { UnreadNotice } from '@/components/shell/unread-notice';
import { unreadWhatIfParts } from './unread-what-if';

/** What of the address asks nothing. */
export default function UnreadWhatIfNotice() {
  return <UnreadNotice unread={unreadWhatIfParts} />;
}
