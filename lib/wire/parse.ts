import { ValueError } from './errors';

/**
 * Parses the text forms of `format.ts`. Each function takes the text of one value and returns undefined if it does not have
 * that form; size limits are checked where the bytes are made.
 */

/** Digits cost more than linear time; this many take a few milliseconds. */
const MOST_DIGITS = 39_000;

function checkDigits(text: string): void {
  if (text.length > MOST_DIGITS)
    throw new ValueError(`a number of ${text.length} characters; at most ${MOST_DIGITS} are read`);
}

/** Whole numbers in decimal digits. Throws ValueError for too many digits. */
export function parseWhole(text: string): bigint | undefined {
  checkDigits(text);
  return /^[+-]?\d+$/.test(text) ? BigInt(text.startsWith('+') ? text.slice(1) : text) : undefined;
}

/** Decimal digits with an optional point and exponent, as java.math.BigDecimal reads them: the scale is what is written. */
export function parseDecimal(text: string): { unscaled: bigint; scale: bigint } | undefined {
  checkDigits(text);
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,11}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return undefined;
  const size = BigInt(whole + fraction);
  const power = parseWhole(exponent) ?? 0n;
  return { unscaled: sign === '-' ? -size : size, scale: BigInt(fraction.length) - power };
}

/** Days since 1970-01-01 of a day of the proleptic Gregorian calendar: the inverse of `civilFromDays`. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Days since 1970-01-01 of YYYY-MM-DD, the year signed outside 0–9999; throws ValueError for a day that does not exist. */
export function parseDate(text: string): number | undefined {
  const match = /^([+-]?\d{4,9})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  if (day < 1 || day > daysInMonth(year, month)) throw new ValueError(`there is no day ${text}`);
  return daysFromCivil(year, month, day);
}

/** Nanoseconds since midnight of hh:mm, hh:mm:ss or hh:mm:ss with up to nine decimals. */
export function parseTime(text: string): bigint | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?$/.exec(text);
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

const NANOS_PER_MS = 1_000_000n;
const MS_PER_DAY = 86_400_000n;
const MS_PER_MINUTE = 60_000n;

/** Milliseconds since 1970-01-01T00:00Z of an ISO 8601 date and time with `Z` or an offset: without one it would mean a different moment on every machine. */
export function parseTimestamp(text: string): bigint | undefined {
  const match = /^([+-]?\d+-\d\d-\d\d)[T ]([\d:.]+)(?:([zZ])|([+-])(\d\d):?(\d\d))$/.exec(text);
  if (!match) return undefined;
  const [, dateText = '', timeText = '', , sign, hours = '0', minutes = '0'] = match;
  const days = parseDate(dateText);
  const nanos = parseTime(timeText);
  if (days === undefined || nanos === undefined) return undefined;
  if (nanos % NANOS_PER_MS !== 0n) throw new ValueError('a timestamp has a resolution of milliseconds');
  const offset = BigInt(hours) * 60n + BigInt(minutes);
  return BigInt(days) * MS_PER_DAY + nanos / NANOS_PER_MS - (sign === '-' ? -offset : offset) * MS_PER_MINUTE;
}

const DURATION =
  /^(-)?(?:(\d+)y)?(?:(\d+)mo)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?(?:(\d+)(?:us|µs))?(?:(\d+)ns)?$/i;

/** Months, days and nanoseconds of 1y2mo3w4d5h6m7s8ms9us10ns, each unit at most once and in this order. */
export function parseDuration(text: string): [bigint, bigint, bigint] | undefined {
  const match = DURATION.exec(text);
  if (!match || !/\d/.test(text)) return undefined;
  const sign = match[1] === '-' ? -1n : 1n;
  const [y = 0n, mo = 0n, w = 0n, d = 0n, h = 0n, m = 0n, s = 0n, ms = 0n, us = 0n, ns = 0n] = match
    .slice(2)
    .map((digits) => BigInt(digits ?? 0));
  const nanos = ((((h * 60n + m) * 60n + s) * 1000n + ms) * 1000n + us) * 1000n + ns;
  return [sign * (y * 12n + mo), sign * (w * 7n + d), sign * nanos];
}

/** The bytes of 0x and pairs of hex digits. */
export function parseBlob(text: string): Uint8Array | undefined {
  if (!/^0x([0-9a-f]{2})*$/i.test(text)) return undefined;
  return hexBytes(text.slice(2));
}

/** The 16 bytes of a UUID in the 8-4-4-4-12 form. */
export function parseUuid(text: string): Uint8Array | undefined {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return undefined;
  return hexBytes(text.replaceAll('-', ''));
}

function hexBytes(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** The 4 or 16 bytes of an IPv4 or IPv6 address; never a name, and no zone. */
export function parseInet(text: string): Uint8Array | undefined {
  if (!text.includes(':')) return parseIpv4(text);
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (!dotted) return parseGroups(text);
  const tail = parseIpv4(dotted[2] ?? '');
  if (!tail) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = tail;
  return parseGroups(`${dotted[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`);
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  const isPart = (part: string) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
  return parts.length === 4 && parts.every(isPart) ? Uint8Array.from(parts, Number) : undefined;
}

function parseGroups(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const zeros = 8 - head.length - tail.length;
  if (halves.length === 2 ? zeros < 1 : zeros !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return hexBytes(groups.map((group) => group.padStart(4, '0')).join(''));
}
