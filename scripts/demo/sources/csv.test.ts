import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords, known } from './csv.mjs';

const records = (text: string) => [...csvRecords(text)];

describe('csvRecords', () => {
  it('reads plain and quoted fields, with either line end', () => {
    expect(records('a,b\r\n"x, y","say ""hi""\nthere"\nlast,')).toEqual([
      ['a', 'b'],
      ['x, y', 'say "hi"\nthere'],
      ['last', ''],
    ]);
  });

  it('ends after the last line, with or without a line end', () => {
    expect(records('a\nb')).toEqual([['a'], ['b']]);
    expect(records('a\nb\n')).toEqual([['a'], ['b']]);
    expect(records('')).toEqual([]);
  });

  it('refuses a quote inside a plain field and one that does not end', () => {
    expect(() => records('a\nb"c,d')).toThrow(/not CSV at character 2/);
    expect(() => records('"open')).toThrow(/not CSV at character 0/);
  });

  it('reads back anything written by the rules', () => {
    const write = (rows: string[][]) =>
      rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\r\n');
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 })), (rows) => {
        expect(records(write(rows))).toEqual(rows);
      }),
    );
  });
});

describe('known', () => {
  it('treats empty and NA as no value', () => {
    expect([known(''), known('NA'), known('0'), known('NAB')]).toEqual([null, null, '0', 'NAB']);
  });
});
