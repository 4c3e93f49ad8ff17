import { type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { SPANS } from '@/lib/live/live-address';
import { QUANTILES } from '@/lib/live/plots';

/** The parts of a query string that choose plots and cannot be read. */
export function unreadLiveParts(search: string): readonly UnreadPart[] {
  return unreadIn(search, {
    minutes: {
      canRead: (text) => SPANS.some((span) => String(span) === text),
      expected: `expected one of ${SPANS.join(', ')}`,
    },
    quantile: {
      canRead: (text) => QUANTILES.some((quantile) => quantile === text),
      expected: `expected one of ${QUANTILES.join(', ')}`,
    },
    as: { canRead: (text) => text === 'table', expected: 'expected table' },
    node: { canRead: (text) => text !== '', expected: 'expected the address of a node' },
    pool: { canRead: (text) => text !== '', expected: 'expected the name of a thread pool' },
  });
}
