import { UnreadNotice } from '@/components/shell/unread-notice';
import { unreadAuditParts } from './unread-audit';

/** What of the address chooses no lines. */
export default function UnreadAuditNotice() {
  return <UnreadNotice unread={unreadAuditParts} />;
}
