import { type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { isAuditTime } from '@/lib/cluster/audit-address';
import { AUDIT_OUTCOMES } from '@/lib/contract/audit';

const TIME = { canRead: isAuditTime, expected: 'expected a time such as 2026-11-29T06:00Z' };

/** The parts of a query string that choose lines of the audit and cannot be read. */
export function unreadAuditParts(search: string): readonly UnreadPart[] {
  return unreadIn(search, {
    outcome: {
      canRead: (text) => AUDIT_OUTCOMES.some((outcome) => outcome === text),
      expected: `expected one of ${AUDIT_OUTCOMES.join(', ')}`,
    },
    since: TIME,
    until: TIME,
    here: { canRead: (text) => text === 'true', expected: 'expected true' },
  });
}
