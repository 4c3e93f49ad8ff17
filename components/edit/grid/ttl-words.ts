import { formatInterval, plural } from '@/lib/text/format';

/** When a value written now expires. */
export function ttlWords(ttlSeconds: number): string {
  if (ttlSeconds === 0) return 'never expires';
  const days = ttlSeconds / 86_400;
  return `expires after ${days >= 2 ? plural(Math.floor(days), 'day') : formatInterval(ttlSeconds * 1_000)}`;
}
