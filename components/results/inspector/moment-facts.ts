import { formatTimestamp } from '@/lib/wire/format';

/** Something that a value says, besides its text. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** A moment in UTC, where the person is, and as a count. */
export function momentFacts(ms: bigint | undefined, timeZone?: string): readonly Fact[] {
  if (ms === undefined) return [];
  return [
    { label: 'UTC', text: formatTimestamp(ms) },
    { label: 'Local', text: localMoment(ms, timeZone) },
    { label: 'Milliseconds since 1970', text: String(ms) },
  ];
}

/** Farther from 1970 than this, browsers have no calendar (ECMA-262, time values). */
const MOST_MS = 8_640_000_000_000_000n;

/** `2001-01-09 07:10:00.007 GMT+01:00, Europe/Berlin`. */
export function localMoment(ms: bigint, timeZone?: string): string {
  if (ms > MOST_MS || ms < -MOST_MS) return 'beyond the calendar of browsers';
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ calendar: 'iso8601', hourCycle: 'h23', timeZoneName: 'longOffset', fractionalSecondDigits: 3 },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const parts = new Map(format.formatToParts(new Date(Number(ms))).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  const day = [part('year').padStart(4, '0'), part('month'), part('day')].join('-');
  const time = [part('hour'), part('minute'), part('second')].join(':');
  return `${day} ${time}.${part('fractionalSecond')} ${part('timeZoneName')}, ${format.resolvedOptions().timeZone}`;
}
