import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { type KeptRow, packedRow, packedRows, unpackedRow } from './packed-row';

const COLUMNS = 3;
const value = fc.oneof(fc.constant(null), fc.constant(undefined), fc.uint8Array({ maxLength: 20 }));
const row: fc.Arbitrary<KeptRow> = fc.record({
  number: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  writes: fc.array(
    fc.record({ values: fc.array(value, { minLength: COLUMNS, maxLength: COLUMNS }), isStatic: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  ),
});
const token = fc.bigInt({ min: MIN_TOKEN, max: MAX_TOKEN });

async function* inChunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('a packed row', () => {
  it('is itself again, wherever a file is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(row, token)), fc.integer({ min: 1, max: 200 }), async (rows, size) => {
        const file = Buffer.concat(rows.map(([of, at]) => packedRow(of, at)));
        const read: [KeptRow, bigint][] = [];
        for await (const packed of packedRows(inChunks(file, size))) {
          const { number, writes } = unpackedRow(packed.bytes, COLUMNS);
          const own = writes.map(({ isStatic, values }) => ({ isStatic, values: values.map((of) => of && [...of]) }));
          read.push([
            { number, writes: own.map((write) => ({ ...write, values: write.values.map(bytesOf) })) },
            packed.token,
          ]);
        }
        expect(read).toEqual(rows);
      }),
    );
  });

  it('is not read in part', async () => {
    const file = packedRow({ number: 1, writes: [{ values: [null, null, null], isStatic: false }] }, 0n);
    await expect(packedRows(inChunks(file.subarray(0, -1), 10)).next()).rejects.toThrow('cut off');
  });
});

function bytesOf(values: number[] | null | undefined): Uint8Array | null | undefined {
  return values == null ? values : Uint8Array.from(values);
}
