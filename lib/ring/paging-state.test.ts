import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { murmur3Token } from './murmur3';
import { parsePagingState, partitionKeyOf, tokenOf } from './paging-state';

const unhex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

/** A number in the server's encoding: as few bytes as possible, with the count of further bytes in the leading ones. */
function vint(value: bigint): number[] {
  const bits = value.toString(2).length;
  const extra = Math.min(8, Math.ceil(bits / 7) - 1);
  const bytes = Array.from({ length: extra }, (_, index) => Number((value >> BigInt(8 * (extra - 1 - index))) & 0xffn));
  const lead = (0xff << (8 - extra)) & 0xff;
  return [extra === 8 ? 0xff : lead | Number(value >> BigInt(8 * extra)), ...bytes];
}

const state = (key: Uint8Array, mark: Uint8Array, remaining: bigint) =>
  Uint8Array.from([...vint(BigInt(key.length)), ...key, ...vint(BigInt(mark.length)), ...mark, ...vint(remaining), 0]);

describe('a paging state of Cassandra 5.0.9', () => {
  it('of a scan contains the key of the partition it has reached', () => {
    const scan = unhex('016b06000400000000f07ffffff4f07ffffffe');
    expect(partitionKeyOf(scan)).toEqual(Uint8Array.of(0x6b));
    expect(tokenOf(scan)).toBe(5303797501861836210n);
    expect(parsePagingState(scan)?.rowMark).toEqual(unhex('000400000000'));
  });

  it('of one partition contains no key', () => {
    const inPartition = unhex('0006000400000002f07ffffffcf07ffffffc');
    expect(parsePagingState(inPartition)).not.toBeNull();
    expect(partitionKeyOf(inPartition)).toBeNull();
    expect(tokenOf(inPartition)).toBeNull();
  });
});

describe('parsePagingState', () => {
  it('reads keys of every length', () => {
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
    const remaining = fc.bigInt({ min: 0n, max: 2n ** 31n - 1n });
    fc.assert(
      fc.property(bytes(20_000), bytes(300), remaining, (key, mark, left) => {
        const parsed = parsePagingState(state(key, mark, left));
        expect(parsed).toEqual({ partitionKey: key, rowMark: mark });
        expect(tokenOf(state(key, mark, left))).toBe(key.length === 0 ? null : murmur3Token(key));
      }),
    );
  });

  it('is null if cut short or too long', () => {
    const whole = state(Uint8Array.of(1, 2, 3), Uint8Array.of(4), 500n);
    for (let end = 0; end < whole.length; end++) expect(parsePagingState(whole.subarray(0, end))).toBeNull();
    expect(parsePagingState(Uint8Array.from([...whole, 0]))).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const key = partitionKeyOf(bytes);
        expect(key === null || key.length > 0).toBe(true);
      }),
    );
  });
});
