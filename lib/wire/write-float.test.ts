import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextSink } from './sink';
import { writeFloat64 } from './write-float';

const bytes = new Uint8Array(8);
const view = new DataView(bytes.buffer);
const sink = new TextSink(64);

function textOf(value: number): string {
  view.setFloat64(0, value);
  sink.length = 0;
  writeFloat64(bytes, 0, 8, sink);
  return String.fromCharCode(...sink.bytes.subarray(0, sink.length));
}

/** The engine's own text, which is the shortest that reads back (ECMA-262, Number::toString). */
function expectSame(value: number): void {
  const text = textOf(value);
  // One quick comparison, because there are many.
  if (text !== (Object.is(value, -0) ? '-0' : String(value))) expect(text).toBe(String(value));
}

/** Pseudo-random 32-bit integers from a seed (mulberry32). */
function* words(seed: number, count: number): Generator<number> {
  let state = seed;
  for (let i = 0; i < count; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    yield (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

describe('a double as text', () => {
  it.each([
    [1846150.8244734202, '1846150.8244734202'],
    [0.1, '0.1'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1 / 3, '0.3333333333333333'],
    [2 / 3, '0.6666666666666666'],
    [100 / 3, '33.333333333333336'],
    [9.999999999999998, '9.999999999999998'],
    [3.0000000000000004, '3.0000000000000004'],
    [0.000123456789012345, '0.000123456789012345'],
    [999999999999999.9, '999999999999999.9'],
    [123456.00000000001, '123456.00000000001'],
    [-52.0000000000001, '-52.0000000000001'],
    [5e-324, '5e-324'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('%d is %s', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it('matches the engine’s text, whatever the bits', () => {
    fc.assert(fc.property(fc.double(), expectSame));
    fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 9_999 }), (a, b) => expectSame(a / b)));
    fc.assert(fc.property(fc.maxSafeInteger(), fc.nat(22), (a, places) => expectSame(a / 10 ** places)));
  });

  it('matches the engine’s text for many numbers of every size, and for the neighbours of short ones', () => {
    const random = words(1, 400_000);
    for (const high of random) {
      const low = random.next().value ?? 0;
      // From 2⁻¹⁴ to 2⁵⁰, where digits are written one by one.
      view.setUint32(0, ((high & 0x8000_0000) | ((1_009 + ((high >>> 20) & 63)) << 20) | (high & 0xf_ffff)) >>> 0);
      view.setUint32(4, low);
      expectSame(view.getFloat64(0));
      const short = (low % 1e6) / 10 ** (high % 9);
      view.setFloat64(0, short);
      view.setUint32(4, (view.getUint32(4) ^ 1) >>> 0);
      expectSame(view.getFloat64(0));
      expectSame((high * 2_097_152 + (low >>> 11)) / 10 ** (low % 22));
    }
  });
});
