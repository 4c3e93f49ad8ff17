import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageSizer, TARGET_PAGE_BYTES } from './page-sizer';

const TIMEOUT_MS = 12_000;

describe('PageSizer', () => {
  /** Pages of a table whose rows all have the same size, as a server would send them. */
  const grow = (sizer: PageSizer, bytesPerRow: number, pages: number) =>
    Array.from({ length: pages }, () => {
      const askedRows = sizer.rows;
      sizer.seen({ askedRows, rows: askedRows, bytes: askedRows * bytesPerRow, elapsedMs: 5 });
      return askedRows;
    });

  it('at most doubles the page size, from a handful of rows towards a megabyte', () => {
    const rowsOf = (bytesPerRow: number) => grow(new PageSizer(1_000, TIMEOUT_MS), bytesPerRow, 10);
    expect(rowsOf(100)).toEqual([4, 8, 16, 32, 64, 128, 256, 512, 1_000, 1_000]);
    expect(rowsOf(5_000)).toEqual([4, 8, 16, 32, 64, 128, 209, 209, 209, 209]);
    expect(rowsOf(50_000)).toEqual([4, 8, 16, 20, 20, 20, 20, 20, 20, 20]);
    expect(rowsOf(8_000_000)).toEqual([4, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('expects nothing until a row has been seen', () => {
    const sizer = new PageSizer(10_000, TIMEOUT_MS);
    expect([sizer.expectedBytes(), sizer.learned]).toEqual([null, null]);
    sizer.seen({ askedRows: 4, rows: 0, bytes: 60, elapsedMs: 1 });
    expect([sizer.rows, sizer.expectedBytes(), sizer.learned]).toEqual([4, null, null]);
    sizer.seen({ askedRows: 4, rows: 4, bytes: 400, elapsedMs: 1 });
    expect([sizer.rows, sizer.expectedBytes(), sizer.expectedBytes(3)]).toEqual([8, 800, 300]);
  });

  it('continues with what was learned before', () => {
    const sizer = new PageSizer(1_000, TIMEOUT_MS);
    grow(sizer, 100, 6);
    const learned = sizer.learned ?? undefined;
    expect(learned).toEqual({ rows: 256, bytesPerRow: 100 });
    const later = new PageSizer(1_000, TIMEOUT_MS, { learned });
    expect([later.rows, later.expectedBytes()]).toEqual([256, 25_600]);
    expect(new PageSizer(50, TIMEOUT_MS, { learned }).rows).toBe(50);
  });

  it('for fixed pages keeps the number of rows, and never knows their bytes', () => {
    const sizer = new PageSizer(100, TIMEOUT_MS, { isFixed: true });
    expect(grow(sizer, 10, 3)).toEqual([100, 100, 100]);
    expect([sizer.expectedBytes(), sizer.learned]).toEqual([null, null]);
  });

  it('never requests more than its limit, less than a row, or twice the target', () => {
    const pages = fc.array(fc.record({ bytesPerRow: fc.integer({ min: 1, max: 50_000_000 }), slow: fc.boolean() }));
    const property = fc.property(fc.integer({ min: 1, max: 10_000 }), pages, (mostRows, seen) => {
      const sizer = new PageSizer(mostRows, TIMEOUT_MS);
      for (const { bytesPerRow, slow } of seen) {
        const askedRows = sizer.rows;
        expect(askedRows).toBeGreaterThanOrEqual(1);
        expect(askedRows).toBeLessThanOrEqual(mostRows);
        const elapsedMs = slow ? TIMEOUT_MS : 1;
        sizer.seen({ askedRows, rows: askedRows, bytes: askedRows * bytesPerRow, elapsedMs });
        expect(sizer.rows === 1 || sizer.rows * bytesPerRow <= TARGET_PAGE_BYTES).toBe(true);
        expect(sizer.rows).toBeLessThanOrEqual(askedRows * 2);
      }
    });
    fc.assert(property);
  });

  it('shrinks immediately when rows get larger, and recovers', () => {
    const sizer = new PageSizer(10_000, TIMEOUT_MS);
    grow(sizer, 200, 20);
    expect(sizer.rows).toBe(5_242);
    grow(sizer, 10_000_000, 1);
    expect(sizer.rows).toBe(1);
    expect(sizer.expectedBytes()).toBe(10_000_000);
    expect(grow(sizer, 200, 60).at(-1)).toBeGreaterThan(4_000);
  });

  it('does not grow after partial pages, nor after slow ones', () => {
    const sizer = new PageSizer(10_000, TIMEOUT_MS);
    grow(sizer, 100, 4);
    expect(sizer.rows).toBe(64);
    sizer.seen({ askedRows: 64, rows: 63, bytes: 6_300, elapsedMs: 1 });
    expect(sizer.rows).toBe(64);
    sizer.seen({ askedRows: 64, rows: 64, bytes: 6_400, elapsedMs: 4_000 });
    expect(sizer.rows).toBe(32);
    sizer.failed(32);
    expect(sizer.rows).toBe(8);
  });
});
