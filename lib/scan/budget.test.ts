import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allowance, ScanBudget } from './budget';

const BOUNDS = { mostBytes: 1_000_000, mostRows: 10_000, hasFixedPages: false, timeoutMs: 12_000 };

describe('ScanBudget', () => {
  it('holds no more than its bound while rows keep their size', () => {
    const steps = fc.array(fc.constantFrom('ask', 'come', 'take'), { minLength: 1, maxLength: 300 });
    const property = fc.property(fc.integer({ min: 1, max: 400_000 }), steps, (bytesPerRow, all) => {
      const budget = new ScanBudget({}, BOUNDS, 0);
      const first = budget.ask(0);
      budget.came(first, first.rows, first.rows * bytesPerRow, 0);
      budget.sizer.seen({ askedRows: first.rows, rows: first.rows, bytes: first.rows * bytesPerRow, elapsedMs: 1 });
      budget.release(first.rows * bytesPerRow);
      const [asked, come]: [Allowance[], number[]] = [[], []];
      for (const step of all) {
        if (step === 'ask' && budget.waitMs(0) === 0) asked.push(budget.ask(0));
        const page = step === 'come' ? asked.shift() : undefined;
        if (page !== undefined) {
          budget.came(page, page.rows, page.rows * bytesPerRow, 0);
          come.push(page.rows * bytesPerRow);
        }
        if (step === 'take') budget.release(come.shift() ?? 0);
        const [under, there] = [asked.reduce((sum, { bytes }) => sum + bytes, 0), come.reduce((a, b) => a + b, 0)];
        const isAlone = asked.length + come.length === 1;
        // The expected size of a page is exact here, to a fraction of a row.
        if (!isAlone) expect(under + there).toBeLessThanOrEqual(BOUNDS.mostBytes + bytesPerRow);
      }
    });
    fc.assert(property);
  });

  it('reads a page that is larger than the bound alone', () => {
    const budget = new ScanBudget({}, BOUNDS, 0);
    const huge = budget.ask(0);
    expect(budget.waitMs(0)).toBe(Number.POSITIVE_INFINITY);
    budget.came(huge, 4, 40_000_000, 0);
    budget.sizer.seen({ askedRows: huge.rows, rows: 4, bytes: 40_000_000, elapsedMs: 1 });
    expect(budget.waitMs(0)).toBe(Number.POSITIVE_INFINITY);
    budget.release(40_000_000);
    expect(budget.waitMs(0)).toBe(0);
    expect(budget.ask(0)).toEqual({ rows: 1, bytes: 10_000_000, expectedBytes: 10_000_000 });
    expect(budget.waitMs(0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('waits when a per-second limit is used up, and keeps pages below it', () => {
    const budget = new ScanBudget({ maxRowsPerSecond: 8 }, BOUNDS, 0);
    const page = budget.ask(0);
    expect(page.rows).toBe(4);
    budget.came(page, 4, 400, 0);
    budget.sizer.seen({ askedRows: 4, rows: 4, bytes: 400, elapsedMs: 1 });
    expect(budget.sizer.rows).toBe(8);
    expect(budget.waitMs(0)).toBeGreaterThan(200);
    expect(budget.waitMs(0)).toBeLessThan(300);
    expect(budget.waitMs(300)).toBe(0);
  });

  it('asks for no more rows than may be given, and then for one to know whether there are more', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.boolean(), { maxLength: 60 }),
      (left, all) => {
        const budget = new ScanBudget({}, { ...BOUNDS, leftRows: left }, 0);
        const asked: Allowance[] = [];
        let came = 0;
        for (const asks of all) {
          if (asks && budget.waitMs(0) === 0) asked.push(budget.ask(0));
          const page = asks ? undefined : asked.shift();
          if (page === undefined) continue;
          budget.came(page, page.rows, page.rows, 0);
          budget.sizer.seen({ askedRows: page.rows, rows: page.rows, bytes: page.rows, elapsedMs: 1 });
          // After the last that may be given each page has one row, and is the only one in flight.
          if (came >= left) expect([page.rows, asked.length]).toEqual([1, 0]);
          came += page.rows;
          if (came <= left) expect(came + asked.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(left);
          budget.release(page.rows);
        }
      },
    );
    fc.assert(property);
  });
});
