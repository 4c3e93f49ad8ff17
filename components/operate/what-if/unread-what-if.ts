import { type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { QUESTIONS } from '@/lib/cluster/what-if-address';
import { LOSS_LEVELS } from '@/lib/ring/loss';

/** The parts of a query string that ask what if and cannot be read. Names of nodes, racks and keyspaces are looked for. */
export function unreadWhatIfParts(search: string): readonly UnreadPart[] {
  return unreadIn(search, {
    question: {
      canRead: (text) => QUESTIONS.some((question) => question === text),
      expected: `expected one of ${QUESTIONS.join(', ')}`,
    },
    level: {
      canRead: (text) => LOSS_LEVELS.some((level) => level === text),
      expected: `expected one of ${LOSS_LEVELS.join(', ')}`,
    },
  });
}
