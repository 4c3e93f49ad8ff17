import { int8At, int16At, int32At, varintAt } from './bytes';
import { WireError } from './errors';
import { formatDecimal, formatInet } from './format';
import type { TextSink } from './sink';
import { putPadded, putWhole, writeWhole } from './write-number';

const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const DASH = 0x2d;

/** A value of up to this many bytes is a whole number that a double represents exactly. */
export const EXACT_BYTES = 6;

/** The two digits of each byte, the first in the upper half. */
const HEX_PAIRS = Uint16Array.from({ length: 256 }, (_, byte) => ((HEX[byte >> 4] ?? 0) << 8) | (HEX[byte & 15] ?? 0));

function putHex(out: Uint8Array, at: number, byte: number): void {
  out[at] = HEX[byte >> 4] ?? 0;
  out[at + 1] = HEX[byte & 15] ?? 0;
}

/** Writes the bytes in `[start, end)` as 0x… */
export function writeBlob(source: Uint8Array, start: number, end: number, sink: TextSink): void {
  sink.ascii('0x');
  writeHex(source, start, end, sink);
}

/** Writes the bytes in `[start, end)` as pairs of hex digits. */
export function writeHex(source: Uint8Array, start: number, end: number, sink: TextSink): void {
  sink.reserve((end - start) * 2);
  const out = sink.bytes;
  let at = sink.length;
  for (let i = start; i < end; i++, at += 2) putHex(out, at, source[i] ?? 0);
  sink.length = at;
}

/** Writes the 16 bytes at `start` as a UUID. */
export function writeUuid(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  sink.reserve(36);
  const { view } = sink;
  let at = sink.length;
  for (let i = 0; i < 16; i++, at += 2) {
    if (i === 4 || i === 6 || i === 8 || i === 10) view.setUint8(at++, DASH);
    view.setUint16(at, HEX_PAIRS[source[start + i] ?? 0] ?? 0);
  }
  sink.length = at;
}

/** Writes true or false: any byte except 0 is true. */
export function writeBoolean(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  sink.ascii(source[start] === 0 ? 'false' : 'true');
}

/** Writes the tinyint at `start`. */
export function writeInt8(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  writeWhole(int8At(source, start), sink);
}

/** Writes the smallint at `start`. */
export function writeInt16(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  writeWhole(int16At(source, start), sink);
}

/** Writes the int at `start`. */
export function writeInt32(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  writeWhole(int32At(source, start), sink);
}

/** The two's complement integer in `[start, end)`, at most EXACT_BYTES of it, as a number. */
export function smallVarintAt(source: Uint8Array, start: number, end: number): number {
  let value = ((source[start] ?? 0) << 24) >> 24;
  for (let i = start + 1; i < end; i++) value = value * 256 + (source[i] ?? 0);
  return value;
}

/** Writes the varint in `[start, end)`. */
export function writeVarint(source: Uint8Array, start: number, end: number, sink: TextSink): void {
  if (end - start <= EXACT_BYTES) writeWhole(smallVarintAt(source, start, end), sink);
  else sink.ascii(varintAt(source, start, end).toString());
}

/** The scale and the unscaled value of the decimal in `[start, end)`. */
export function decimalAt(source: Uint8Array, start: number, end: number): { unscaled: bigint; scale: number } {
  checkDecimal(start, end);
  return { unscaled: varintAt(source, start + 4, end), scale: int32At(source, start) };
}

/** Checks that `[start, end)` has the bytes of a scale and of a value. */
export function checkDecimal(start: number, end: number): void {
  if (end - start < 5) throw new WireError(`a decimal of ${end - start} bytes; it has at least 5`);
}

/** Writes the decimal in `[start, end)`: a scale of 32 bits, then the unscaled value as a varint. */
export function writeDecimal(source: Uint8Array, start: number, end: number, sink: TextSink): void {
  checkDecimal(start, end);
  const scale = int32At(source, start);
  if (end - start - 4 > EXACT_BYTES || scale < 0 || scale > 6) {
    sink.ascii(formatDecimal(varintAt(source, start + 4, end), scale));
    return;
  }
  const unscaled = smallVarintAt(source, start + 4, end);
  sink.reserve(32);
  const out = sink.bytes;
  let at = sink.length;
  if (unscaled < 0) out[at++] = DASH;
  sink.length = putPoint(out, at, Math.abs(unscaled), scale);
}

/** Writes size ÷ 10^scale, 0 ≤ scale ≤ 6, with exactly that many decimals. Returns where it ends. */
function putPoint(out: Uint8Array, at: number, size: number, scale: number): number {
  const unit = 10 ** scale;
  const whole = Math.floor(size / unit);
  let next = putWhole(out, at, whole);
  if (scale === 0) return next;
  out[next++] = 0x2e;
  putPadded(out, next, size - whole * unit, scale);
  return next + scale;
}

/** Checks that `[start, end)` has the length of an address. */
export function checkInet(start: number, end: number): void {
  const length = end - start;
  if (length !== 4 && length !== 16) throw new WireError(`an inet of ${length} bytes; it has 4 or 16`);
}

/** Writes the address in `[start, end)`. */
export function writeInet(source: Uint8Array, start: number, end: number, sink: TextSink): void {
  checkInet(start, end);
  if (end - start === 16) {
    sink.ascii(formatInet(source.subarray(start, end)));
    return;
  }
  sink.reserve(15);
  const out = sink.bytes;
  let at = sink.length;
  for (let i = start; i < end; i++) {
    if (i > start) out[at++] = 0x2e;
    at = putWhole(out, at, source[i] ?? 0);
  }
  sink.length = at;
}
