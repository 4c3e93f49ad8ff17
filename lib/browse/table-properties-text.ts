import type { TableDetails } from '@/lib/contract/stats';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How long rows live unless a write says otherwise: `TTL 30 days`, or `no TTL`; null: not known. */
export function ttlText(properties: TableDetails['properties']): string | null {
  const stored = properties.default_time_to_live;
  if (typeof stored !== 'string' || !/^\d+$/.test(stored)) return null;
  const seconds = Number(stored);
  const [unit, length] = UNITS.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['second', 1];
  const count = seconds / length;
  return seconds === 0 ? 'no TTL' : `TTL ${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The compaction strategy in a word: `SizeTiered`; null: not known. */
export function compactionText(properties: TableDetails['properties']): string | null {
  const stored = properties.compaction;
  if (typeof stored !== 'object' || stored === null) return null;
  const name = stored.class?.split('.').at(-1) ?? '';
  return name === '' ? null : name.replace(/CompactionStrategy$/, '');
}
