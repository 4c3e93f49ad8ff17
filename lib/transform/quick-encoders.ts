import type { NativeTypeName } from '@/lib/cql/types';

/**
 * The usual texts of the usual types as bytes, without the steps that any text needs: a load spends its time here. What is
 * returned is what `fromJson` of `lib/wire` makes of the same text; undefined means that `fromJson` must decide.
 */
export type QuickEncoder = (text: string) => Uint8Array | undefined;

/** Makes room for so many bytes, all of which will be written. */
export type Room = (bytes: number) => Uint8Array;

/** Of a type; undefined for types that are rare in files, or whose texts are not simple. */
export function quickEncoder(name: NativeTypeName, room: Room): QuickEncoder | undefined {
  switch (name) {
    case 'text':
    case 'ascii':
      return asciiEncoder(room);
    case 'tinyint':
      return wholeEncoder(room, 1);
    case 'smallint':
      return wholeEncoder(room, 2);
    case 'int':
      return wholeEncoder(room, 4);
    case 'bigint':
      return wholeEncoder(room, 8);
    case 'double':
      return doubleEncoder(room);
    case 'decimal':
      return decimalEncoder(room);
    case 'boolean':
      return booleanEncoder(room);
    case 'uuid':
      return uuidEncoder(room);
    case 'date':
      return dateEncoder(room);
    case 'timestamp':
      return timestampEncoder(room);
    default:
      return undefined;
  }
}

/** Up to this length a loop is faster than an encoder. */
const SHORT_CHARACTERS = 64;

function asciiEncoder(room: Room): QuickEncoder {
  return (text) => {
    const { length } = text;
    if (length > SHORT_CHARACTERS) return undefined;
    const bytes = room(length);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return undefined;
      bytes[i] = code;
    }
    return bytes;
  };
}

/** Digits that a double certainly holds. */
const SURE_DIGITS = 15;
const [MINUS, ZERO, NINE] = [0x2d, 0x30, 0x39];

/** A whole number of few digits without spaces or a plus sign; NaN for any other text. */
function smallWhole(text: string): number {
  const isNegative = text.charCodeAt(0) === MINUS;
  const start = isNegative ? 1 : 0;
  const digits = text.length - start;
  if (digits < 1 || digits > SURE_DIGITS) return Number.NaN;
  const value = digitsAt(text, start, text.length);
  return isNegative ? 0 - value : value;
}

/** The number that the digits in `[start, end)` are; NaN if there is anything else. */
function digitsAt(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (!(code >= ZERO && code <= NINE)) return Number.NaN;
    value = value * 10 + (code - ZERO);
  }
  return value;
}

const TWO_32 = 2 ** 32;

function wholeEncoder(room: Room, size: 1 | 2 | 4 | 8): QuickEncoder {
  const limit = size === 8 ? Number.POSITIVE_INFINITY : 2 ** (8 * size - 1);
  return (text) => {
    const value = smallWhole(text);
    return value >= -limit && value < limit ? wholeBytes(value, size, room) : undefined;
  };
}

/** The two's complement of a whole number within ±2⁵³. */
function wholeBytes(value: number, size: number, room: Room): Uint8Array {
  const bytes = room(size);
  let low = value | 0;
  for (let at = size - 1; at >= Math.max(0, size - 4); at--) {
    bytes[at] = low & 0xff;
    low >>= 8;
  }
  if (size < 8) return bytes;
  let high = Math.floor(value / TWO_32);
  for (let at = size - 5; at >= 0; at--) {
    bytes[at] = high & 0xff;
    high >>= 8;
  }
  return bytes;
}

const PLAIN_NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const DOUBLE_BYTES = 8;

function doubleEncoder(room: Room): QuickEncoder {
  const view = new DataView(new ArrayBuffer(DOUBLE_BYTES));
  const scratch = new Uint8Array(view.buffer);
  return (text) => {
    if (!PLAIN_NUMBER.test(text)) return undefined;
    view.setFloat64(0, Number(text));
    const bytes = room(DOUBLE_BYTES);
    bytes.set(scratch);
    return bytes;
  };
}

const SCALE_BYTES = 4;

/** A whole number and how many of its digits are a fraction. */
function decimalEncoder(room: Room): QuickEncoder {
  return (text) => {
    const point = text.indexOf('.');
    const value = smallWhole(point < 0 ? text : text.slice(0, point) + text.slice(point + 1));
    if (Number.isNaN(value) || text.lastIndexOf('-') > 0) return undefined;
    let size = 1;
    while (value < -(2 ** (8 * size - 1)) || value >= 2 ** (8 * size - 1)) size++;
    const bytes = room(SCALE_BYTES + size);
    bytes.fill(0, 0, SCALE_BYTES - 1);
    // No more than the digits that a double certainly holds.
    bytes[SCALE_BYTES - 1] = point < 0 ? 0 : text.length - point - 1;
    for (let at = SCALE_BYTES + size - 1, left = value; at >= SCALE_BYTES; at--) {
      const rest = Math.floor(left / 256);
      bytes[at] = left - rest * 256;
      left = rest;
    }
    return bytes;
  };
}

function booleanEncoder(room: Room): QuickEncoder {
  return (text) => {
    if (text !== 'true' && text !== 'false') return undefined;
    const bytes = room(1);
    bytes[0] = text === 'true' ? 1 : 0;
    return bytes;
  };
}

const UUID_CHARACTERS = 36;
const DASH = 0x2d;

function uuidEncoder(room: Room): QuickEncoder {
  return (text) => {
    if (text.length !== UUID_CHARACTERS) return undefined;
    const bytes = room(16);
    let at = 0;
    for (let i = 0; i < UUID_CHARACTERS; i += 2) {
      if (i === 8 || i === 13 || i === 18 || i === 23) {
        if (text.charCodeAt(i) !== DASH) return undefined;
        i--;
        continue;
      }
      const value = (hexDigit(text.charCodeAt(i)) << 4) | hexDigit(text.charCodeAt(i + 1));
      if (value < 0) return undefined;
      bytes[at++] = value;
    }
    return bytes;
  };
}

/** Negative for anything but a hex digit, also once it is shifted. */
function hexDigit(code: number): number {
  if (code >= ZERO && code <= NINE) return code - ZERO;
  const letter = (code | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

const MS_PER_DAY = 86_400_000;
/** `Date.UTC` takes years below it as years of the twentieth century. */
const FIRST_SURE_YEAR = 100;
const SURE_DAY = 28;

/** Milliseconds since 1970 of YYYY-MM-DD at the start of a text; NaN where that is no day. */
function dayMs(text: string): number {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return Number.NaN;
  const [year, month, day] = [digitsAt(text, 0, 4), digitsAt(text, 5, 7), digitsAt(text, 8, 10)];
  if (!(year >= FIRST_SURE_YEAR && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const ms = Date.UTC(year, month - 1, day);
  return day <= SURE_DAY || new Date(ms).getUTCDate() === day ? ms : Number.NaN;
}

const DATE_CHARACTERS = 10;
/** A date is counted from 2³¹ days before 1970. */
const DATE_ZERO = 2 ** 31;

function dateEncoder(room: Room): QuickEncoder {
  return (text) => {
    const ms = text.length === DATE_CHARACTERS ? dayMs(text) : Number.NaN;
    return Number.isNaN(ms) ? undefined : wholeBytes(ms / MS_PER_DAY + DATE_ZERO, 4, room);
  };
}

/** `2024-02-29T13:45:00.000Z`, as exports write it. */
const TIMESTAMP_CHARACTERS = 24;
const TIME_SIGNS = /^.{10}T..:..:..\..{3}Z$/;

function timestampEncoder(room: Room): QuickEncoder {
  return (text) => {
    if (text.length !== TIMESTAMP_CHARACTERS || !TIME_SIGNS.test(text)) return undefined;
    const [hour, minute] = [digitsAt(text, 11, 13), digitsAt(text, 14, 16)];
    const [second, ms] = [digitsAt(text, 17, 19), digitsAt(text, 20, 23)];
    if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
    const value = dayMs(text) + ((hour * 60 + minute) * 60 + second) * 1_000 + ms;
    return Number.isNaN(value) ? undefined : wholeBytes(value, 8, room);
  };
}
