import fc from 'fast-check';

/** For each length in UTF-8, and on both sides of the surrogates: code units and bytes order these differently. */
const codePoint = fc
  .oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0x80, max: 0x7ff }),
    fc.integer({ min: 0x800, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0xffff }),
    fc.integer({ min: 0x10000, max: 0x10ffff }),
  )
  .map((code) => String.fromCodePoint(code));

/**
 * Text of any code points, for tests. The library's unit `binary` lists all 1.1 million of them before its first value,
 * which takes seconds.
 */
export const anyText = fc.string({ unit: codePoint });
