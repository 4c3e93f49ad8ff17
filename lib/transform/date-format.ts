import { ValueError } from '@/lib/wire/errors';
import { formatDate, formatTime, formatTimestamp } from '@/lib/wire/format';
import { parseDate, parseTime } from '@/lib/wire/parse';
import { offsetMinutes, type Zone, zoneOf } from './zones';

/** The types that a date format reads. */
export type DateKind = 'date' | 'time' | 'timestamp';

/** Turns text in some format into the text of its type. Throws ValueError, which says what was expected. */
export type DateReader = (text: string) => string;

const NANOS_PER_MS = 1_000_000n;
const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;

type Part =
  | 'year'
  | 'month'
  | 'monthName'
  | 'day'
  | 'hour'
  | 'hour12'
  | 'half'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'zone';

/** Letters as in Unicode's date field symbols (UTS 35), which Java and most tools share. */
const LETTERS: Readonly<Record<string, readonly [Part, string]>> = {
  yyyy: ['year', '[+-]?\\d{4,9}'],
  MM: ['month', '\\d\\d'],
  M: ['month', '\\d\\d?'],
  MMM: ['monthName', '[A-Za-z]{3}'],
  dd: ['day', '\\d\\d'],
  d: ['day', '\\d\\d?'],
  HH: ['hour', '\\d\\d'],
  H: ['hour', '\\d\\d?'],
  hh: ['hour12', '\\d\\d'],
  h: ['hour12', '\\d\\d?'],
  a: ['half', '[AaPp][Mm]'],
  mm: ['minute', '\\d\\d'],
  m: ['minute', '\\d\\d?'],
  ss: ['second', '\\d\\d'],
  s: ['second', '\\d\\d?'],
  XXX: ['zone', '[zZ]|[+-]\\d\\d:?\\d\\d'],
};

const MONTHS: readonly string[] = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

interface Pattern {
  readonly parts: readonly Part[];
  readonly expression: RegExp;
}

/**
 * Compiles a format such as `dd.MM.yyyy HH:mm`, text in it between single quotes; `excel` reads days since 1899-12-30,
 * `unix` seconds and `unix_ms` milliseconds since 1970. `zone` is that of timestamps whose text has none. Throws ValueError for a format that does not
 * say enough for the type.
 */
export function dateReader(format: string, kind: DateKind, zone: string | undefined): DateReader {
  const count = Object.hasOwn(COUNTS, format) ? COUNTS[format] : undefined;
  if (count !== undefined) return countReader(format, count, kind, zone);
  const pattern = patternOf(format);
  const has = (part: Part) => pattern.parts.includes(part);
  const hasDay = has('year') && (has('month') || has('monthName')) && has('day');
  const hasTime = has('hour') || (has('hour12') && has('half'));
  if (kind !== 'time' && !hasDay) throw new ValueError(`the format ${format} lacks a year, month or day: yyyy, MM, dd`);
  if (kind === 'time' && !hasTime) throw new ValueError(`the format ${format} lacks the hour: HH, or hh with a`);
  const where = kind === 'timestamp' ? zoneFor(has('zone'), zone, format) : null;
  return (text) => {
    const found = pattern.expression.exec(text.trim());
    if (found === null) throw new ValueError(`expected a ${kind} as ${format}; got ${JSON.stringify(text)}`);
    return assembled(new Map(pattern.parts.map((part, i) => [part, found[i + 1] ?? ''])), kind, where);
  };
}

function zoneFor(hasZone: boolean, zone: string | undefined, format: string): Zone | null {
  if (hasZone) return null;
  if (zone !== undefined) return zoneOf(zone);
  throw new ValueError(`the format ${format} has no zone, so one must be stated: UTC, +02:00 or Europe/Zurich`);
}

function patternOf(format: string): Pattern {
  const parts: Part[] = [];
  const expression = format.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/g, (found, quoted?: string) => {
    if (quoted !== undefined) return literal(quoted === '' ? "'" : quoted.replaceAll("''", "'"));
    if (!/[A-Za-z]/.test(found)) return literal(found);
    const [part, digits] = LETTERS[found] ?? fraction(found);
    if (parts.includes(part)) throw new ValueError(`the format ${format} has ${found} twice`);
    parts.push(part);
    return `(${digits})`;
  });
  return { parts, expression: new RegExp(`^${expression}$`) };
}

function fraction(letters: string): readonly [Part, string] {
  if (/^S{1,9}$/.test(letters)) return ['fraction', `\\d{${letters.length}}`];
  throw new ValueError(
    `a date format cannot have ${letters}: use yyyy, MM, MMM, dd, HH, hh, a, mm, ss, SSS and XXX, and quotes around text`,
  );
}

function literal(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}

function assembled(parts: ReadonlyMap<Part, string>, kind: DateKind, zone: Zone | null): string {
  const time = `${pad(hourOf(parts))}:${pad(parts.get('minute') ?? '0')}:${pad(parts.get('second') ?? '0')}`;
  const nanos = parseTime(`${time}.${parts.get('fraction') ?? '0'}`);
  if (nanos === undefined) throw new ValueError(`there is no time ${time}`);
  if (kind === 'time') return formatTime(nanos);
  const month = parts.has('monthName') ? String(monthOf(parts.get('monthName') ?? '')) : (parts.get('month') ?? '');
  const date = `${parts.get('year')}-${pad(month)}-${pad(parts.get('day') ?? '')}`;
  const days = parseDate(date);
  if (days === undefined) throw new ValueError(`there is no day ${date}`);
  if (kind === 'date') return formatDate(days);
  if (nanos % NANOS_PER_MS !== 0n) throw new ValueError('a timestamp has a resolution of milliseconds');
  const local = days * MS_PER_DAY + Number(nanos / NANOS_PER_MS);
  const minutes = zone === null ? statedMinutes(parts.get('zone') ?? 'Z') : offsetMinutes(zone, local);
  return formatTimestamp(BigInt(local - minutes * MS_PER_MINUTE));
}

function pad(digits: string): string {
  return digits.padStart(2, '0');
}

function hourOf(parts: ReadonlyMap<Part, string>): string {
  const half = parts.get('half');
  const hour = Number(parts.get('hour12') ?? '0');
  if (half === undefined || !parts.has('hour12')) return parts.get('hour') ?? parts.get('hour12') ?? '0';
  if (hour < 1 || hour > 12) throw new ValueError(`there is no hour ${hour} ${half}`);
  return String((hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));
}

function monthOf(name: string): number {
  const at = MONTHS.indexOf(name.toLowerCase());
  if (at < 0) throw new ValueError(`there is no month ${name}; the names are English: Jan, Feb, …`);
  return at + 1;
}

function statedMinutes(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Days from 1899-12-30, as Excel counts from 1 March 1900 on, to 1970-01-01. */
const EXCEL_DAYS = 25_569;

interface Count {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  /** Milliseconds since 1970 of a count. */
  readonly ms: (count: number) => number;
}

/** Formats that are a number. Unix times are in UTC; a spreadsheet's days are in the zone of whoever typed them. */
const COUNTS: Readonly<Record<string, Count>> = {
  excel: {
    what: 'days since 1899-12-30, from 61 on',
    least: 61,
    most: 2_958_466,
    ms: (days) => (days - EXCEL_DAYS) * MS_PER_DAY,
  },
  unix: { what: 'seconds since 1970', least: -1e11, most: 1e11, ms: (seconds) => seconds * 1_000 },
  unix_ms: { what: 'milliseconds since 1970', least: -1e14, most: 1e14, ms: (ms) => ms },
};

function countReader(format: string, count: Count, kind: DateKind, zone: string | undefined): DateReader {
  const isLocal = format === 'excel' && kind === 'timestamp';
  if (isLocal && zone === undefined) throw new ValueError('the format excel needs a zone');
  const where = isLocal && zone !== undefined ? zoneOf(zone) : null;
  return (text) => {
    const number = /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (!(number >= count.least && number < count.most)) {
      throw new ValueError(`expected ${count.what}; got ${JSON.stringify(text)}`);
    }
    const local = Math.round(count.ms(number));
    const offset = where === null ? 0 : offsetMinutes(where, local);
    const timestamp = formatTimestamp(BigInt(local - offset * MS_PER_MINUTE));
    const [date = '', time = ''] = timestamp.slice(0, -1).split('T');
    return kind === 'timestamp' ? timestamp : kind === 'date' ? date : time;
  };
}
