/**
 * The text form of every type that is not plain text. The writers of the hot path (`write-*.ts`) take shortcuts for the
 * usual ranges and use these for the rest.
 */

const MS_PER_DAY = 86_400_000n;

/** Float64 as its shortest text that reads back as the same number; `-0` keeps its sign. */
export function formatFloat64(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Float32 as the shortest decimal that reads back as the same float32: 0.1, not 0.10000000149011612. */
export function formatFloat32(value: number): string {
  if (!Number.isFinite(value) || value === 0) return formatFloat64(value);
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * unscaled × 10^-scale as Java's BigDecimal.toString writes it: the scale is kept, an exponent appears when the scale
 * is negative or the number is below 10⁻⁶, so nothing is ever expanded: 1.50, 1E+3, 0E-7.
 */
export function formatDecimal(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  const sign = unscaled < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  const adjusted = digits.length - 1 - scale;
  if (scale > 0 && adjusted >= -6) {
    const padded = digits.padStart(scale + 1, '0');
    return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${sign}${digits.charAt(0)}${fraction}E${adjusted > 0 ? '+' : ''}${adjusted}`;
}

/**
 * Year, month and day of the proleptic Gregorian calendar for days since 1970-01-01, any that a timestamp can hold
 * (after Howard Hinnant's "chrono-compatible low-level date algorithms", with eras of 400 years from March).
 */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

function pad(value: number | bigint, width: number): string {
  return value.toString().padStart(width, '0');
}

function formatYear(year: number): string {
  if (year > 9999) return `+${year}`;
  return year < 0 ? `-${pad(-year, 4)}` : pad(year, 4);
}

/** Days since 1970-01-01 as YYYY-MM-DD; years outside 0–9999 carry their sign: +5881580-07-11. */
export function formatDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${formatYear(year)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Nanoseconds since midnight as hh:mm:ss.nnnnnnnnn; the server also stores values outside a day, which keep their sign and hours. */
export function formatTime(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const seconds = size / 1_000_000_000n;
  const hms = `${pad(seconds / 3600n, 2)}:${pad((seconds / 60n) % 60n, 2)}:${pad(seconds % 60n, 2)}`;
  return `${nanos < 0n ? '-' : ''}${hms}.${pad(size % 1_000_000_000n, 9)}`;
}

/** Milliseconds since 1970-01-01T00:00Z, any 64-bit count, as YYYY-MM-DDThh:mm:ss.mmmZ; years as in `formatDate`. */
export function formatTimestamp(ms: bigint): string {
  const ofDay = ((ms % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY;
  const days = Number((ms - ofDay) / MS_PER_DAY);
  return `${formatDate(days)}T${formatTime(ofDay * 1_000_000n).slice(0, 12)}Z`;
}

function units(size: bigint, steps: readonly (readonly [name: string, per: bigint])[]): string {
  let rest = size;
  let text = '';
  for (const [name, per] of steps) {
    if (rest >= per) text += `${rest / per}${name}`;
    rest %= per;
  }
  return text;
}

const MONTH_UNITS = [
  ['y', 12n],
  ['mo', 1n],
] as const;
const DAY_UNITS = [['d', 1n]] as const;
/** Duration units below a day, in nanoseconds. */
const NANO_UNITS = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1000n],
  ['ns', 1n],
] as const;

/**
 * A duration as 1y2mo3d4h5m6s7ms8us9ns with one leading `-` if negative, and 0s if zero. The server refuses parts of
 * different signs; if they occur anyway, each negative part carries its own.
 */
export function formatDuration(months: bigint, days: bigint, nanos: bigint): string {
  const parts = [
    { value: months, units: MONTH_UNITS },
    { value: days, units: DAY_UNITS },
    { value: nanos, units: NANO_UNITS },
  ].filter((part) => part.value !== 0n);
  if (parts.length === 0) return '0s';
  const text = (value: bigint, of: typeof NANO_UNITS | typeof MONTH_UNITS | typeof DAY_UNITS) =>
    units(value < 0n ? -value : value, of);
  if (parts.every((part) => part.value < 0n)) return `-${parts.map((part) => text(part.value, part.units)).join('')}`;
  return parts.map((part) => (part.value < 0n ? '-' : '') + text(part.value, part.units)).join('');
}

/** The longest run of two or more zero groups; the first of equals (RFC 5952, section 4.2). */
function longestZeros(groups: readonly number[]): { at: number; count: number } {
  let best = { at: -1, count: 1 };
  for (let i = 0; i < groups.length; i++) {
    let end = i;
    while (end < groups.length && groups[end] === 0) end++;
    if (end - i > best.count) best = { at: i, count: end - i };
    if (end > i) i = end;
  }
  return best;
}

/** 4 or 16 address bytes; IPv6 by RFC 5952, so an IPv4-mapped one ends in dotted decimals (section 5). */
export function formatInet(address: Uint8Array): string {
  if (address.length === 4) return address.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${address.subarray(12).join('.')}`;
  }
  const hex = (some: readonly number[]) => some.map((group) => group.toString(16)).join(':');
  const { at, count } = longestZeros(groups);
  return at < 0 ? hex(groups) : `${hex(groups.slice(0, at))}::${hex(groups.slice(at + count))}`;
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexText(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  for (let at = start; at < end; at++) text += HEX_OF_BYTE[bytes[at] ?? 0];
  return text;
}

/** Bytes as 0x and lower-case hex digits; no bytes are `0x`. */
export function formatBlob(bytes: Uint8Array): string {
  return `0x${hexText(bytes)}`;
}

/** 16 bytes in the 8-4-4-4-12 form. */
export function formatUuid(bytes: Uint8Array): string {
  const [start, middle] = [hexText(bytes, 0, 4), `${hexText(bytes, 4, 6)}-${hexText(bytes, 6, 8)}`];
  return `${start}-${middle}-${hexText(bytes, 8, 10)}-${hexText(bytes, 10)}`;
}
