import { parseDuration } from '@/lib/wire/parse';
import type { Fact } from './moment-facts';

const NANOS_PER_SECOND = 1_000_000_000n;
const CLOCK = [
  ['hour', 3600n * NANOS_PER_SECOND],
  ['minute', 60n * NANOS_PER_SECOND],
  ['second', NANOS_PER_SECOND],
  ['millisecond', 1_000_000n],
  ['microsecond', 1_000n],
  ['nanosecond', 1n],
] as const;

/** A duration in words, and its three parts: none of them has a fixed length in terms of the next. */
export function durationFacts(text: string): readonly Fact[] {
  const parts = parseDuration(text);
  if (parts === undefined) return [];
  const [months, days, nanos] = parts;
  const isNegative = parts.some((part) => part < 0n);
  const words = [
    counted(sized(months) / 12n, 'year'),
    counted(sized(months) % 12n, 'month'),
    counted(sized(days), 'day'),
    ...clockWords(sized(nanos)),
  ].filter((word) => word !== '');
  return [
    { label: 'In words', text: words.length === 0 ? 'nothing' : `${isNegative ? 'minus ' : ''}${words.join(' ')}` },
    { label: 'Months', text: String(months) },
    { label: 'Days', text: String(days) },
    { label: 'Nanoseconds', text: nanos.toLocaleString('en-US') },
  ];
}

function clockWords(nanos: bigint): string[] {
  let rest = nanos;
  return CLOCK.map(([name, size]) => {
    const count = rest / size;
    rest %= size;
    return counted(count, name);
  });
}

function counted(count: bigint, name: string): string {
  return count === 0n ? '' : `${count.toLocaleString('en-US')} ${name}${count === 1n ? '' : 's'}`;
}

function sized(part: bigint): bigint {
  return part < 0n ? -part : part;
}
