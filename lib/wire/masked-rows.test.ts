import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CqlType } from '@/lib/cql/types';
import { encodeScalar } from './encode-scalar';
import { WireError } from './errors';
import { type MaskedAs, maskedRows } from './masked-rows';
import { randomBytes, randomType } from './random-values';
import { ROW_FORMATS, writtenBy } from './test-masked';
import { pageOf } from './test-pages';

const TEXT: CqlType = { kind: 'native', name: 'text' };
const INT: CqlType = { kind: 'native', name: 'int' };
const DOTS = new TextEncoder().encode('•••');
const int = (value: number) => encodeScalar(String(value), 'int');

describe('masked rows', () => {
  const rows = [
    [int(1), new TextEncoder().encode('a@example.com'), int(3)],
    [int(2), null, null],
    [null, new Uint8Array(0), int(9)],
  ];

  it.each<readonly [string, (MaskedAs | null)[], (Uint8Array | null)[][]]>([
    ['no column', [null, null, null], rows],
    [
      'dots, also for null and for empty text',
      [null, 'dots', null],
      rows.map(([a, , c]) => [a ?? null, DOTS, c ?? null]),
    ],
    ['null', ['null', null, null], rows.map(([, b, c]) => [null, b ?? null, c ?? null])],
    ['every column', ['dots', 'null', 'dots'], rows.map(() => [DOTS, null, DOTS])],
  ])('have %s', (_name, masks, expected) => {
    expect(maskedRows(pageOf(rows), rows.length, masks)).toEqual(pageOf(expected));
  });

  it('are no longer than what is shown, and none of a page without rows', () => {
    expect(maskedRows(Uint8Array.of(1, 2, 3), 0, ['dots'])).toHaveLength(0);
    const long = pageOf([[new Uint8Array(5_000)]]);
    expect(maskedRows(long, 1, ['null'])).toHaveLength(4);
  });

  it('fail where the page breaks off', () => {
    expect(() => maskedRows(pageOf(rows).subarray(0, 12), rows.length, [null, 'dots', null])).toThrow(WireError);
  });
});

describe('a file of masked rows', () => {
  const secret = randomType.chain((type) =>
    fc.record({
      type: fc.constant(type),
      rows: fc.array(
        fc.record({
          key: fc.integer({ min: -1000, max: 1000 }),
          one: fc.option(randomBytes(type)),
          other: fc.option(randomBytes(type)),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      as: fc.constantFrom<MaskedAs>('dots', 'null'),
    }),
  );

  it.each(ROW_FORMATS)('as %s is the same whatever is masked', (format) => {
    fc.assert(
      fc.property(secret, ({ type, rows, as }) => {
        const columns = [
          { name: 'key', type: INT },
          { name: 'secret', type: as === 'dots' ? TEXT : type },
        ];
        const fileWith = (which: 'one' | 'other') => {
          const body = pageOf(rows.map((row) => [int(row.key), row[which]]));
          return writtenBy(format, columns, maskedRows(body, rows.length, [null, as]), rows.length);
        };
        expect(fileWith('one')).toEqual(fileWith('other'));
      }),
    );
  });
});
