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

/**
 * `2001-01-09 07:10:00.007 GMT+01:00, Europe/Berlin`: the zone's offset added to the UTC time, so that years are those of
 * the proleptic Gregorian calendar everywhere. A date of the browser's would call the years 0 and 2 BC both by a number
 * without an era.
 */
export function localMoment(ms: bigint, timeZone?: string): string {
  if (ms > MOST_MS || ms < -MOST_MS) return 'beyond the calendar of browsers';
  const format = new Intl.DateTimeFormat('en-US', {
    timeZoneName: 'longOffset',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const offset = format.formatToParts(new Date(Number(ms))).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const local = formatTimestamp(ms + offsetMs(offset));
  return `${local.replace('T', ' ').replace('Z', '')} ${offset}, ${format.resolvedOptions().timeZone}`;
}

/** `GMT`, `GMT+01:00`; before zones had whole minutes `GMT+00:53:28`. */
function offsetMs(offset: string): bigint {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /([+-])(\d+):(\d+)(?::(\d+))?$/.exec(offset) ?? [];
  const size = (BigInt(hours) * 3_600n + BigInt(minutes) * 60n + BigInt(seconds)) * 1_000n;
  return sign === '-' ? -size : size;
}
