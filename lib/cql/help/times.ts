/** A date that a text can mean, as Cassandra reads it, and spelled out for people. */
export interface DateMeant {
  readonly written: string;
  readonly words: string;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(.*))?$/;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ,]+(.*))?$/;
const TOGETHER = /^(\d{4})(\d\d)(\d\d)(?:[T ]+(.*))?$/;
const CLOCK = /^(\d{1,2})(?::(\d\d))?(?::(\d\d))?(\.\d{1,9})?\s*([ap]m)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * What was meant by a text that is neither a date nor a time to Cassandra: nothing where it is not clear, two dates for
 * `01/09/2001`, which is one day in America and another in Europe.
 * @param dateOnly the column holds days
 */
export function datesMeant(text: string, dateOnly: boolean): readonly DateMeant[] {
  const first = YEAR_FIRST.exec(text) ?? TOGETHER.exec(text);
  if (first !== null) return meant(first[1], first[2], first[3], first[4], dateOnly);
  const last = YEAR_LAST.exec(text);
  if (last === null) return [];
  const [, one, other, year, clock] = last;
  const american = meant(year, one, other, clock, dateOnly);
  return one === other ? american : [...american, ...meant(year, other, one, clock, dateOnly)];
}

function meant(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  clock: string | undefined,
  dateOnly: boolean,
): DateMeant[] {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d));
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return [];
  const written = `${String(y).padStart(4, '0')}-${pad(m)}-${pad(d)}`;
  const words = `${d} ${MONTHS[m - 1]} ${y}`;
  if (dateOnly || clock === undefined || clock === '') return [{ written, words }];
  const time = clockOf(clock);
  return time === null ? [] : [{ written: `${written}T${time}`, words }];
}

/** `6am` → `06:00:00`; null where it is no time of day. Cassandra keeps milliseconds. */
function clockOf(text: string): string | null {
  const found = CLOCK.exec(text.trim());
  if (found === null) return null;
  const [, hour, minute = '00', second = '00', fraction = '', half, zone = ''] = found;
  const isAfternoon = half?.toLowerCase() === 'pm';
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return `${pad(hours)}:${minute}:${second}${fraction.slice(0, 4)}${zone.toUpperCase()}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
