import { describe, expect, it } from 'vitest';
import { ScanMeter } from './meter';

const NOTHING = { rows: 0, pages: 0, frameBytes: 0 };

/** A page of 100 rows in each tenth of a second. */
function run(meter: ScanMeter, pages: number, shareOf: (page: number) => number) {
  for (let page = 0; page < pages; page++) {
    meter.add({ rows: 100, frameBytes: 1_000 }, page * 100, () => shareOf(page));
  }
  return (pages - 1) * 100;
}

describe('ScanMeter', () => {
  it('reports the rate of the last seconds, which falls when nothing arrives', () => {
    const meter = new ScanMeter(NOTHING);
    expect(meter.rowsPerSecond(0)).toBeNull();
    const now = run(meter, 100, () => 0.5);
    expect(meter.rowsPerSecond(now)).toBeGreaterThan(950);
    expect(meter.rowsPerSecond(now)).toBeLessThan(1_100);
    expect(meter.rowsPerSecond(now + 4_000)).toBeLessThan(500);
    expect(meter.rowsPerSecond(now + 60_000)).toBeLessThan(10);
  });

  it('estimates rows from the third page on, and counts them at the end', () => {
    const meter = new ScanMeter(NOTHING);
    run(meter, 2, () => 0.1);
    expect(meter.estimatedRows(0.1)).toBeNull();
    run(meter, 1, () => 0.1);
    expect(meter.estimatedRows(0.1)).toBe(3_000);
    expect(meter.estimatedRows(null)).toBeNull();
    expect(meter.estimatedRows(1)).toBe(300);
  });

  it('estimates the time left from how the share grew', () => {
    const meter = new ScanMeter(NOTHING);
    const now = run(meter, 50, (page) => page / 100);
    expect(meter.estimatedLeftMs(0.5, now)).toBeCloseTo(4_900, -2);
    expect(meter.estimatedLeftMs(1, now)).toBe(0);
    expect(meter.estimatedLeftMs(null, now)).toBeNull();
  });

  it('continues counting after a checkpoint', () => {
    const meter = new ScanMeter({ rows: 500, pages: 9, frameBytes: 77 });
    run(meter, 1, () => 0.6);
    expect(meter).toMatchObject({ rows: 600, pages: 10, frameBytes: 1_077 });
    expect(meter.estimatedRows(0.6)).toBe(1_000);
  });
});
