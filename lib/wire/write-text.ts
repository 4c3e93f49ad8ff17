import type { TextSink } from './sink';

/**
 * What to do with each byte of text: 0 copies it, 1 starts a UTF-8 sequence to check, 2 writes it twice, 3 writes \u00XX,
 * anything else is the letter to put after a backslash.
 */
export type EscapeTable = Uint8Array;
const COPY = 0;
export const SEQUENCE = 1;
const DOUBLE = 2;
const UNICODE = 3;

const HEX = '0123456789abcdef';

function tableOf(entries: Iterable<readonly [string, number]>): EscapeTable {
  const table = new Uint8Array(256).fill(SEQUENCE, 0x80);
  for (const [character, action] of entries) table[character.charCodeAt(0)] = action;
  return table;
}

/** For bare text: checked, never escaped. */
export const PLAIN_TEXT = tableOf([]);

/** For text between double quotes in JSON, escaped as JSON.stringify does. */
export const JSON_ESCAPES = tableOf([
  ...Array.from({ length: 0x20 }, (_, code) => [String.fromCharCode(code), UNICODE] as const),
  ...(['"', '\\'] as const).map((self) => [self, self.charCodeAt(0)] as const),
  ...(['bb', 'tt', 'nn', 'ff', 'rr'] as const).map(
    (pair, i) => [['\b', '\t', '\n', '\f', '\r'][i] ?? '', pair.charCodeAt(0)] as const,
  ),
]);

/** For text between single quotes in CQL. */
export const CQL_ESCAPES = tableOf([["'", DOUBLE]]);

/** For text between double quotes in CSV. */
export const CSV_ESCAPES = tableOf([['"', DOUBLE]]);

/** Bytes that a CSV field cannot hold without quotes are marked like escapes: writing stops at the first. */
export function csvStops(delimiter: string): EscapeTable {
  return tableOf([delimiter, '"', '\r', '\n'].map((character) => [character, DOUBLE] as const));
}

/** How many source bytes are escaped between two checks of the room left: each becomes at most six. */
const STRETCH = 4096;
const MOST_PER_BYTE = 6;

/**
 * Copies text from `start` until a byte that `stops` marks as anything but SEQUENCE. Returns `end`, or where it stopped.
 * Checks UTF-8 on the way: invalid bytes become U+FFFD, as in TextDecoder.
 */
export function copyUntil(source: Uint8Array, start: number, end: number, sink: TextSink, stops: EscapeTable): number {
  let i = start;
  while (i < end) {
    const stretchEnd = Math.min(end, i + STRETCH);
    sink.reserve((stretchEnd - i + 4) * 3);
    const out = sink.bytes;
    let at = sink.length;
    while (i < stretchEnd) {
      const byte = source[i] ?? 0;
      const action = stops[byte];
      if (action === COPY) {
        out[at++] = byte;
        i++;
      } else if (action === SEQUENCE) {
        const taken = sequenceLength(source, i, end);
        if (taken > 0) for (let n = 0; n < taken; n++) out[at++] = source[i++] ?? 0;
        else {
          at = putReplacement(out, at);
          i -= taken;
        }
      } else {
        sink.length = at;
        return i;
      }
    }
    sink.length = at;
  }
  return end;
}

/** Writes the text in `[start, end)`, escaped by the table. */
export function writeEscaped(source: Uint8Array, start: number, end: number, sink: TextSink, table: EscapeTable): void {
  let i = start;
  for (;;) {
    i = copyUntil(source, i, end, sink, table);
    if (i === end) return;
    sink.reserve(MOST_PER_BYTE);
    const byte = source[i++] ?? 0;
    sink.length = putEscape(sink.bytes, sink.length, byte, table[byte] ?? COPY);
  }
}

function putEscape(out: Uint8Array, start: number, byte: number, action: number): number {
  let at = start;
  if (action === DOUBLE) {
    out[at++] = byte;
    out[at++] = byte;
    return at;
  }
  out[at++] = 0x5c;
  if (action !== UNICODE) {
    out[at++] = action;
    return at;
  }
  out[at++] = 0x75;
  out[at++] = 0x30;
  out[at++] = 0x30;
  out[at++] = HEX.charCodeAt(byte >> 4);
  out[at++] = HEX.charCodeAt(byte & 15);
  return at;
}

function putReplacement(out: Uint8Array, at: number): number {
  out[at] = 0xef;
  out[at + 1] = 0xbf;
  out[at + 2] = 0xbd;
  return at + 3;
}

/** The smallest second byte after `lead`: overlong forms are invalid (Unicode 15, table 3-7). */
function lowestSecond(lead: number): number {
  if (lead === 0xe0) return 0xa0;
  return lead === 0xf0 ? 0x90 : 0x80;
}

/** The greatest second byte after `lead`: surrogates and numbers above U+10FFFF are invalid. */
function highestSecond(lead: number): number {
  if (lead === 0xed) return 0x9f;
  return lead === 0xf4 ? 0x8f : 0xbf;
}

/**
 * The length of the valid multi-byte sequence at `at`; otherwise minus the length of its longest valid prefix, at least 1:
 * that many bytes become one U+FFFD.
 */
function sequenceLength(source: Uint8Array, at: number, end: number): number {
  const lead = source[at] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const second = at + 1 < end ? (source[at + 1] ?? 0) : 0;
  if (second < lowestSecond(lead) || second > highestSecond(lead)) return -1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let n = 2; n < length; n++) {
    if (at + n >= end || ((source[at + n] ?? 0) & 0xc0) !== 0x80) return -n;
  }
  return length;
}
