import { UnreadNotice } from '@/components/shell/unread-notice';
import { unreadNodeParts } from './unread-nodes';

/** What of the address arranges no nodes. */
export default function UnreadNodesNotice() {
  return <UnreadNotice unread={unreadNodeParts} />;
}
