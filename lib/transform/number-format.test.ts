import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberFormat } from '@/lib/contract/transforms';
import { numberReader, seemingFormat } from './number-format';

const FORMATS: readonly NumberFormat[] = [
  { decimal: ',' },
  { decimal: '.' },
  { decimal: ',', group: '.' },
  { decimal: '.', group: ',' },
  { decimal: ',', group: ' ' },
  { decimal: '.', group: "'" },
  { decimal: '.', group: '_' },
];

function written(digits: string, fraction: string, { decimal, group }: NumberFormat): string {
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, group ?? '');
  return fraction === '' ? grouped : `${grouped}${decimal}${fraction}`;
}

const digits = (minLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength: 40 });

describe('a format of numbers', () => {
  it('is read without losing a digit, with its groups and without', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMATS),
        fc.constantFrom('', '-', '+'),
        digits(1),
        digits(0),
        (format, sign, whole, fraction) => {
          const expected = sign + written(whole, fraction, { decimal: '.' });
          const read = numberReader(format);
          expect(read(sign + written(whole, fraction, format))).toBe(expected);
          expect(read(` ${sign}${written(whole, fraction, { decimal: format.decimal })} `)).toBe(expected);
        },
      ),
    );
  });

  it.each<[string, NumberFormat, string]>([
    ['1\u00a0234\u202f567,8', { decimal: ',', group: ' ' }, '1234567.8'],
    ['1\u2019000', { decimal: '.', group: "'" }, '1000'],
    ['-1,5E+3', { decimal: ',' }, '-1.5E+3'],
  ])('reads %j as programs write it', (text, format, expected) => {
    expect(numberReader(format)(text)).toBe(expected);
  });

  it.each<[string, NumberFormat]>([
    ['1.5', { decimal: ',', group: '.' }],
    ['1.2345', { decimal: ',', group: '.' }],
    ['1.234567,8', { decimal: ',', group: '.' }],
    ['1,234.5', { decimal: ',', group: '.' }],
    ['1.234', { decimal: ',' }],
    ['1,2,3', { decimal: ',' }],
    ['', { decimal: ',' }],
    ['12 %', { decimal: ',' }],
  ])('refuses %j, which may be another number', (text, format) => {
    expect(() => numberReader(format)(text)).toThrow(/expected a number as 1.?234[.,]5; got/);
  });

  it('needs marks that differ', () => {
    expect(() => numberReader({ decimal: '.', group: '.' })).toThrow('two different marks');
  });

  it.each<[string, ReturnType<typeof seemingFormat>]>([
    ['1,5', { decimal: ',' }],
    ['1234,567', { decimal: ',' }],
    ['1.234,5', { decimal: ',', group: '.' }],
    ['-1,234,567', { decimal: '.', group: ',' }],
    ['1.234.567', { decimal: ',', group: '.' }],
    ['1 234,5', { decimal: ',', group: ' ' }],
    ["1'000", { decimal: '.', group: "'" }],
    ['1,234', 'unclear'],
    ['1.234', 'unclear'],
    ['1,234,5', null],
    ['abc', null],
    ['1234', null],
  ])('seems to be that of %j', (text, expected) => {
    expect(seemingFormat(text)).toEqual(expected);
  });

  it('that a number seems to be in reads it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMATS), digits(4), digits(1), (format, whole, fraction) => {
        const text = written(whole, fraction, format);
        const seeming = seemingFormat(text);
        if (seeming === null || seeming === 'unclear') return;
        expect(numberReader(seeming)(text)).toBe(`${whole}.${fraction}`);
      }),
    );
  });
});
