import { describe, expect, it } from 'vitest';
import { blobLength, hexDump } from './blob-text';

describe('a blob as a hex dump', () => {
  it('has offset, bytes and what can be printed', () => {
    expect(hexDump('0x48690a00ff', 100)).toBe(`00000000  48 69 0a 00 ff${' '.repeat(9)}  Hi...`);
    expect(hexDump(`0x${'41'.repeat(9)}`, 100).split('\n')[1]).toMatch(/^00000008 {2}41 .*A$/);
  });

  it('knows an empty blob and stops at its limit', () => {
    expect(blobLength('0x')).toBe(0);
    expect(hexDump('0x', 100)).toBe('');
    expect(hexDump(`0x${'00'.repeat(1_000)}`, 16).split('\n')).toHaveLength(2);
  });
});
