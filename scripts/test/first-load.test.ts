import { describe, expect, test } from 'vitest';
import { firstLoadFaults, partsOf } from './first-load.mjs';

const page = (route: string, ownBytes: number) => ({
  route,
  chunks: [
    { path: 'react.js', bytes: 130_000, part: 'framework' as const },
    { path: 'zod.js', bytes: 10_000, part: 'everyPage' as const },
    { path: 'shell.js', bytes: 20_000, part: 'somePages' as const },
    { path: 'own-a.js', bytes: 1_000, part: 'thisPage' as const },
    { path: 'own-b.js', bytes: ownBytes, part: 'thisPage' as const },
  ],
});

const budget = (mostKb: number) => ({
  mostKb,
  parts: { framework: 130, everyPage: 10, somePages: 20, thisPage: 5 },
});

describe('partsOf', () => {
  test('sums the chunks of each part, in kB', () => {
    expect(partsOf(page('/table', 4_500))).toEqual({ framework: 130, everyPage: 10, somePages: 20, thisPage: 5.5 });
  });
});

describe('firstLoadFaults', () => {
  test('finds nothing where every page is within its budget', () => {
    expect(firstLoadFaults([page('/table', 4_000)], { '/table': budget(165) })).toEqual([]);
  });

  test('names the page, how much it is over, and the chunks of the part that grew', () => {
    const faults = firstLoadFaults([page('/table', 9_000), page('/ring', 1_000)], {
      '/table': budget(166),
      '/ring': budget(170),
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('/table loads 170.0 kB before it can be used, 4.0 kB over its budget of 166 kB.');
    expect(faults[0]).toContain('Code of this page grew from 5.0 kB to 10.0 kB: own-a.js 1.0 kB, own-b.js 9.0 kB');
    expect(faults[0]).not.toContain('react.js');
    expect(faults[0]).not.toContain('shell.js');
  });

  test('misses the budget of a new page', () => {
    expect(firstLoadFaults([page('/new', 1_000)], {})).toEqual([
      '/new loads 162.0 kB and has no budget: add one to first-load-budgets.mjs.',
    ]);
  });

  test('misses the page of a budget', () => {
    expect(firstLoadFaults([], { '/gone': budget(165) })).toEqual([
      '/gone has a budget, but there is no such page: remove it from first-load-budgets.mjs.',
    ]);
  });
});
