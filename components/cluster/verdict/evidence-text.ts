import type { Evidence } from '@/lib/contract/health';
import { formatBytes, formatCount, formatElapsed, formatShare } from '@/lib/text/format';

/** A piece of evidence with its unit. */
export function evidenceText({ value, unit }: Pick<Evidence, 'value' | 'unit'>): string {
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'MiB':
      return `${formatCount(value)} MiB`;
    case 'ms':
      return value < 0 ? `−${formatElapsed(-value)}` : formatElapsed(value);
    case 'share':
      return formatShare(value);
    case 'count':
    case null:
      return formatCount(value);
    default:
      return unit satisfies never;
  }
}
