import type { ReadState } from '@/lib/reader/read-state';
import { formatCount, plural } from '@/lib/text/format';

/** The bar's last word: always one of a few, so that people learn them. */
export function lastWord({ phase, waitsFor, rows, result, disconnected, more, error }: ReadState): string {
  if (disconnected) return `Incomplete: disconnected after row ${formatCount(rows)}, retrying`;
  switch (phase) {
    case 'idle':
      return 'Reading…';
    case 'reading':
      return waitsFor === null ? 'Reading…' : `Waiting for ${plural(waitsFor, 'other read')}…`;
    case 'paused':
      return `Paused: more rows ${more.above ? (more.below ? 'above and below' : 'above') : 'below'}`;
    case 'complete':
      return result === 'rows' ? 'Complete' : 'Done';
    case 'stopped':
      return 'Stopped by you';
    case 'failed':
      return `Incomplete: ${error?.code === 'limit_reached' ? 'your role’s limit' : 'failed'} after row ${formatCount(rows)}`;
    default:
      return phase satisfies never;
  }
}
