import { int32At, int64At, uint32At } from './bytes';
import { WireError } from './errors';
import { civilFromDays, formatDate, formatDuration, formatTime, formatTimestamp } from './format';
import type { TextSink } from './sink';
import { signedVintAt } from './vint';
import { putPadded } from './write-number';

const DASH = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;

const TWO_32 = 0x100000000;
const MS_PER_DAY = 86_400_000;
const NANOS_PER_SECOND = 1e9;
const SECONDS_PER_DAY = 86_400;

/** A CQL date counts days from 2³¹ days before 1970-01-01. */
const DATE_EPOCH = 0x80000000;

/** Days since 1970-01-01 of the years written without a sign, 0000-01-01 to 9999-12-31. */
const FIRST_PLAIN_DAY = -719_528;
const LAST_PLAIN_DAY = 2_932_896;

const DATE_BYTES = 10;

/** The last day written in each slot, and its text: computing one takes longer than the rest of a timestamp. */
const CACHED_DAYS = 1 << 12;
/** Outside the plain range. */
const NO_DAY = -0x80000000;
const cachedDays = new Int32Array(CACHED_DAYS).fill(NO_DAY);
const cachedTexts = new Uint8Array(CACHED_DAYS * DATE_BYTES);

function cacheDate(at: number, days: number): void {
  const { year, month, day } = civilFromDays(days);
  putPadded(cachedTexts, at, year, 4);
  cachedTexts[at + 4] = DASH;
  putPadded(cachedTexts, at + 5, month, 2);
  cachedTexts[at + 7] = DASH;
  putPadded(cachedTexts, at + 8, day, 2);
}

/** Writes YYYY-MM-DD of a day in the plain range; there must be room for its 10 bytes. */
function putPlainDate(out: Uint8Array, at: number, days: number): void {
  const slot = days & (CACHED_DAYS - 1);
  const start = slot * DATE_BYTES;
  if (cachedDays[slot] !== days) {
    cacheDate(start, days);
    cachedDays[slot] = days;
  }
  for (let i = 0; i < DATE_BYTES; i++) out[at + i] = cachedTexts[start + i] ?? 0;
}

/** Writes hh:mm:ss of 0 ≤ seconds < 86,400; there must be room for its 8 bytes. */
function putClock(out: Uint8Array, at: number, seconds: number): void {
  const minutes = (seconds / 60) | 0;
  const hours = (minutes / 60) | 0;
  putPadded(out, at, hours, 2);
  out[at + 2] = COLON;
  putPadded(out, at + 3, minutes - hours * 60, 2);
  out[at + 5] = COLON;
  putPadded(out, at + 6, seconds - minutes * 60, 2);
}

/** Days since 1970-01-01 of the date at `start`. */
export function dateDaysAt(source: Uint8Array, start: number): number {
  return uint32At(source, start) - DATE_EPOCH;
}

/** Writes the date at `start`. */
export function writeDate(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  const days = dateDaysAt(source, start);
  if (days < FIRST_PLAIN_DAY || days > LAST_PLAIN_DAY) {
    sink.ascii(formatDate(days));
    return;
  }
  sink.reserve(10);
  putPlainDate(sink.bytes, sink.length, days);
  sink.length += 10;
}

/** Writes the timestamp at `start` as ISO 8601. */
export function writeTimestamp(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  // Outside ±2⁵³ ms the double is rounded, but is still far outside the plain range.
  const ms = int32At(source, start) * TWO_32 + uint32At(source, start + 4);
  const days = Math.floor(ms / MS_PER_DAY);
  if (days < FIRST_PLAIN_DAY || days > LAST_PLAIN_DAY) {
    sink.ascii(formatTimestamp(int64At(source, start)));
    return;
  }
  const ofDay = ms - days * MS_PER_DAY;
  const seconds = (ofDay / 1000) | 0;
  sink.reserve(24);
  const out = sink.bytes;
  const at = sink.length;
  putPlainDate(out, at, days);
  out[at + 10] = 0x54;
  putClock(out, at + 11, seconds);
  out[at + 19] = POINT;
  putPadded(out, at + 20, ofDay - seconds * 1000, 3);
  out[at + 23] = 0x5a;
  sink.length = at + 24;
}

/** True if the time at `start` is a time of day; the server stores any 64-bit count. */
export function isTimeOfDay(source: Uint8Array, start: number): boolean {
  const nanos = int32At(source, start) * TWO_32 + uint32At(source, start + 4);
  return nanos >= 0 && nanos < SECONDS_PER_DAY * NANOS_PER_SECOND;
}

/** Writes the time at `start` with nine decimals. */
export function writeTime(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  if (!isTimeOfDay(source, start)) {
    sink.ascii(formatTime(int64At(source, start)));
    return;
  }
  const nanos = int32At(source, start) * TWO_32 + uint32At(source, start + 4);
  const seconds = Math.floor(nanos / NANOS_PER_SECOND);
  sink.reserve(18);
  const out = sink.bytes;
  const at = sink.length;
  putClock(out, at, seconds);
  out[at + 8] = POINT;
  putPadded(out, at + 9, nanos - seconds * NANOS_PER_SECOND, 9);
  sink.length = at + 18;
}

/** The three parts of the duration in `[start, end)`: months, days and nanoseconds, each a signed vint. */
export function durationAt(source: Uint8Array, start: number, end: number): [bigint, bigint, bigint] {
  const months = signedVintAt(source, start, end);
  const days = signedVintAt(source, months.next, end);
  const nanos = signedVintAt(source, days.next, end);
  if (nanos.next !== end) throw new WireError(`a duration with ${end - nanos.next} bytes too many`);
  return [months.value, days.value, nanos.value];
}

/** Writes the duration in `[start, end)`. */
export function writeDuration(source: Uint8Array, start: number, end: number, sink: TextSink): void {
  sink.ascii(formatDuration(...durationAt(source, start, end)));
}
