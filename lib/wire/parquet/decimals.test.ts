import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { encodeScalar } from '@/lib/wire/encode-scalar';
import { ValueError } from '@/lib/wire/errors';
import { formatDecimal } from '@/lib/wire/format';
import { parquetOf, readBack } from './test-read';

const native = (name: NativeTypeName): CqlType => ({ kind: 'native', name });
const list = (of: CqlType): CqlType => ({ kind: 'list', of });

describe('decimals of a fixed scale', () => {
  const read = async (texts: readonly string[], scale: number) =>
    await readBack(
      native('decimal'),
      texts.map((value) => encodeScalar(value, 'decimal')),
      { decimal: scale },
    );

  it('are rescaled if that is exact', async () => {
    const texts = ['0', '-0.00', '1.5', '-1.50', '1E+2', '123456789012345.67', '-9', '0.01', '1.2300000'];
    expect(await read(texts, 2)).toEqual([
      '0.00',
      '0.00',
      '1.50',
      '-1.50',
      '100.00',
      '123456789012345.67',
      '-9.00',
      '0.01',
      '1.23',
    ]);
    const widest = `${'9'.repeat(36)}.99`;
    expect(await read([widest, `-${widest}`], 2)).toEqual([widest, `-${widest}`]);
  });

  it('are exact at any scale, or refused', async () => {
    const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: -3, max: 40 }));
    await fc.assert(
      fc.asyncProperty(decimals, fc.integer({ min: 0, max: 38 }), async ([unscaled, from], scale) => {
        const text = formatDecimal(unscaled, from);
        const places = BigInt(Math.abs(scale - from));
        const moved = scale >= from ? unscaled * 10n ** places : unscaled / 10n ** places;
        const isExact = scale >= from || moved * 10n ** places === unscaled;
        const fits = isExact && moved > -(10n ** 38n) && moved < 10n ** 38n;
        if (fits) expect(await read([text], scale)).toEqual([formatDecimal(moved, scale)]);
        else await expect(read([text], scale)).rejects.toThrow(ValueError);
      }),
    );
  });

  it('name the row, the column and the value that does not fit', () => {
    const columns = [
      { name: 'k', type: native('int') },
      { name: 'prices', type: list(native('decimal')) },
    ];
    const price = encodeScalar('1.005', 'decimal');
    const cell = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, price.length, ...price);
    const row = [encodeScalar('1', 'int'), cell];
    const fails = () => parquetOf(columns, [[encodeScalar('0', 'int'), null], row], { decimal: 2 }, 1);
    expect(fails).toThrow(ValueError);
    expect(fails).toThrow(
      'row 2 (k = 1, prices = [1.005]), column "prices": 1.005 does not fit decimal(38, 2) exactly. Choose another scale, or text',
    );
    const huge = [[encodeScalar('1E+2000000000', 'decimal')]];
    expect(() => parquetOf([{ name: 'd', type: native('decimal') }], huge, { decimal: 2 })).toThrow('does not fit');
  });

  it('hold varints of up to 38 digits', async () => {
    const varints = ['0', '-1', '9'.repeat(38), `-${'9'.repeat(38)}`];
    const cells = (texts: readonly string[]) => texts.map((value) => encodeScalar(value, 'varint'));
    expect(await readBack(native('varint'), cells(varints), { varint: 'decimal' })).toEqual(varints);
    const tooLong = cells([`1${'0'.repeat(38)}`]).map((cell) => [cell]);
    expect(() => parquetOf([{ name: 'c', type: native('varint') }], tooLong, { varint: 'decimal' })).toThrow(
      ValueError,
    );
  });
});
