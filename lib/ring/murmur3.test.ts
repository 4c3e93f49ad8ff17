import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/tokens.json';
import { MAX_TOKEN, MIN_TOKEN, murmur3Token, routingKey } from './murmur3';

const unhex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

describe('murmur3Token', () => {
  it('matches the server’s tokens for keys of every length up to 40', () => {
    expect(fixture.keys.length).toBeGreaterThanOrEqual(80);
    for (const { key, token } of fixture.keys) expect([key, murmur3Token(unhex(key))]).toEqual([key, BigInt(token)]);
  });

  it('gives an empty key the minimum, which no other key gets', () => {
    expect(murmur3Token(new Uint8Array(0))).toBe(MIN_TOKEN);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (key) => {
        const token = murmur3Token(key);
        expect(token > MIN_TOKEN && token <= MAX_TOKEN).toBe(true);
      }),
    );
  });

  it('reads a view of a larger buffer', () => {
    const [first] = fixture.keys.slice(20);
    const padded = Uint8Array.from([1, 2, 3, ...unhex(first?.key ?? ''), 4]);
    expect(String(murmur3Token(padded.subarray(3, -1)))).toBe(first?.token);
  });
});

describe('routingKey', () => {
  it('gives composite keys the server’s tokens', () => {
    for (const { components, token } of fixture.composite) {
      expect(String(murmur3Token(routingKey(components.map(unhex))))).toBe(token);
    }
  });

  it('is the value itself for one column', () => {
    const value = Uint8Array.of(1, 2);
    expect(routingKey([value])).toBe(value);
  });

  it('refuses a value too long for its length field', () => {
    expect(() => routingKey([new Uint8Array(65_536), new Uint8Array(1)])).toThrow(RangeError);
  });
});
