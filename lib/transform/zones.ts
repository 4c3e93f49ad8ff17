import { ValueError } from '@/lib/wire/errors';

/** A zone in which local times are read: always the same minutes ahead of UTC, or by the rules of a place. */
export type Zone = { readonly minutes: number } | { readonly place: Intl.DateTimeFormat; readonly name: string };

const MS_PER_MINUTE = 60_000;

/** `UTC`, an offset such as `+02:00`, or an IANA name such as `Europe/Zurich`. Throws ValueError for anything else. */
export function zoneOf(name: string): Zone {
  if (/^(utc|gmt|z)$/i.test(name)) return { minutes: 0 };
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(name) ?? [];
  if (sign !== undefined) return { minutes: (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) };
  try {
    const place = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return { place, name };
  } catch {
    throw new ValueError(
      `there is no zone ${JSON.stringify(name)}; use UTC, an offset such as +02:00, or Europe/Zurich`,
    );
  }
}

/**
 * How many minutes the zone is ahead of UTC at a local time, in milliseconds as if it were UTC. Where clocks are put back and
 * a local time comes twice, the first one counts. Throws ValueError for a time that clocks skip.
 */
export function offsetMinutes(zone: Zone, localMs: number): number {
  if ('minutes' in zone) return zone.minutes;
  // The offset a day before and a day after: one of them holds, as no zone changes twice in two days.
  const day = 86_400_000;
  for (const near of [localMs - day, localMs + day]) {
    const minutes = minutesAt(zone.place, near);
    if (minutesAt(zone.place, localMs - minutes * MS_PER_MINUTE) === minutes) return minutes;
  }
  const local = new Date(localMs).toISOString().slice(0, -5);
  throw new ValueError(`there is no time ${local} in ${zone.name}: clocks are put forward over it`);
}

function minutesAt(place: Intl.DateTimeFormat, utcMs: number): number {
  const parts = new Map(place.formatToParts(utcMs).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  const shown = new Date(0);
  shown.setUTCFullYear(year, part('month') - 1, part('day'));
  shown.setUTCHours(part('hour'), part('minute'), part('second'));
  return Math.round((shown.getTime() - Math.floor(utcMs / 1_000) * 1_000) / MS_PER_MINUTE);
}
