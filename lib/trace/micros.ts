import { formatCount } from '@/lib/text/format';

/** "850 µs", "12.4 ms", "1.20 s": microseconds with three digits. */
export function formatMicros(micros: number): string {
  if (Math.abs(micros) < 1_000) return `${formatCount(micros)} µs`;
  const [value, unit] = Math.abs(micros) < 999_500 ? [micros / 1_000, 'ms'] : [micros / 1_000_000, 's'];
  const size = Math.abs(value);
  return `${value.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0)} ${unit}`;
}

/** A node's own clock, to the microsecond: `14:03:07.412004 UTC`. */
export function clockText(atMicros: number): string {
  const time = new Date(Math.floor(atMicros / 1_000)).toISOString().slice(11, 23);
  return `${time}${String(atMicros % 1_000).padStart(3, '0')} UTC`;
}
