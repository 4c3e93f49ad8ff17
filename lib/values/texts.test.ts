import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobBytes, blobLength, findBytes, hexLine, imageType } from './hex';
import { layOutJson } from './json-layout';
import { findText, lineAt, lineCount, lineOf, linesOf } from './lines';

const hexOf = (bytes: Uint8Array) => `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;

describe('a blob', () => {
  it('has its bytes back, exactly', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(blobBytes(hexOf(bytes))).toEqual(bytes);
        expect(blobLength(hexOf(bytes))).toBe(bytes.length);
      }),
    );
    expect(Array.from(blobBytes('0xABcd09'))).toEqual([0xab, 0xcd, 0x09]);
  });

  it('is shown in lines of eight bytes', () => {
    const text = hexOf(new TextEncoder().encode('Ringside\n'));
    const first = hexLine(text, 0);
    expect(first.bytes.map(({ digits }) => digits).join(' ')).toBe('52 69 6e 67 73 69 64 65');
    expect([first.offset, first.ascii]).toEqual(['00000000', 'Ringside']);
    expect(hexLine(text, 1)).toEqual({ offset: '00000008', bytes: [{ at: 8, digits: '0a' }], ascii: '.' });
  });

  it('is searched for bytes and for text, never between bytes', () => {
    expect(findBytes('0x0123450123', '0x01 23', 10)).toEqual([
      { at: 0, length: 2 },
      { at: 3, length: 2 },
    ]);
    expect(findBytes('0x12301230', '23', 10)).toEqual([]);
    expect(findBytes(hexOf(new TextEncoder().encode('naïve')), 'ï', 10)).toEqual([{ at: 2, length: 2 }]);
    expect(findBytes('0x00000000', '00', 2)).toHaveLength(2);
  });

  it('is an image by its first bytes', () => {
    expect(imageType('0x89504e470d0a1a0a0000000d')).toBe('image/png');
    expect(imageType('0x524946460000000057454250ff')).toBe('image/webp');
    expect(imageType('0x3c7376673e')).toBeUndefined();
  });
});

describe('text in lines', () => {
  it('has every character, in lines no longer than asked for', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '🌍', 'é'), maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (whole, width) => {
        const lines = linesOf(whole, width);
        const shown = Array.from({ length: lineCount(lines) }, (_, line) => lineAt(lines, line));
        expect(shown.join('')).toBe(whole.replaceAll('\n', ''));
        expect(shown.every((line) => line.length <= width + 1)).toBe(true);
        for (let at = 0; at < whole.length; at += 1) {
          const line = lineOf(lines, at);
          expect((lines.starts[line] ?? 0) <= at && at < (lines.starts[line + 1] ?? 0)).toBe(true);
        }
      }),
    );
  });

  it('is found whatever its case', () => {
    expect(findText('Ring ring RING', 'ring', 2)).toEqual([
      { at: 0, length: 4 },
      { at: 5, length: 4 },
    ]);
    expect(findText('İx x', 'x', 9)).toEqual([
      { at: 1, length: 1 },
      { at: 3, length: 1 },
    ]);
  });
});

describe('JSON laid out', () => {
  it('keeps numbers and strings as they are written', () => {
    expect(layOutJson('{"id":9007199254740993,"s":"a\\"{,b","e":[],"n":[1.50,-0]}')).toBe(
      '{\n  "id": 9007199254740993,\n  "s": "a\\"{,b",\n  "e": [],\n  "n": [\n    1.50,\n    -0\n  ]\n}',
    );
    expect(layOutJson('"text"')).toBeUndefined();
    expect(layOutJson('{broken')).toBeUndefined();
  });

  it('means the same', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (value) => {
        expect(JSON.parse(layOutJson(JSON.stringify(value)) ?? '')).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
