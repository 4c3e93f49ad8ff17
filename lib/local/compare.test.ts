import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { COMPARE_LIMITS, type Comparison, compareSteps } from './compare';

type Rows = readonly (readonly JsonValue[])[];

const result = (rows: Rows, keys = ['k', 'v']) => ({
  columns: keys.map((key) => ({ key, type: 'int' })),
  pages: [rows.slice(0, 1), rows.slice(1)],
});

function compare(before: ReturnType<typeof result>, after: typeof before, key: readonly string[] | null): Comparison {
  const steps = compareSteps(before, after, key);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

describe('two results', () => {
  const before = result([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
  const after = result([
    [4, 'd'],
    [3, 'c'],
    [2, 'B'],
  ]);

  it('are compared by key, whatever the order of their rows', () => {
    expect(compare(before, after, ['k'])).toMatchObject({
      rows: { before: 3, after: 3 },
      counts: { same: 1, changed: 1, added: 1, gone: 1 },
      differences: [
        { kind: 'added', after: [4, 'd'] },
        { kind: 'changed', before: [2, 'b'], after: [2, 'B'], changed: [1] },
        { kind: 'gone', before: [1, 'a'] },
      ],
    });
  });

  it('are compared by position where there is no key', () => {
    expect(compare(before, after, null)).toMatchObject({ counts: { same: 0, changed: 3, added: 0, gone: 0 } });
    expect(compare(before, result([[1, 'a']]), null).counts).toEqual({ same: 1, changed: 0, added: 0, gone: 2 });
  });

  it('may have other columns: those of one alone change no row', () => {
    const wider = result(
      [
        ['x', 2, 'b'],
        ['y', 1, 'a'],
      ],
      ['new', 'k', 'v'],
    );
    const found = compare(before, wider, ['k']);
    expect(found.counts).toEqual({ same: 2, changed: 0, added: 0, gone: 1 });
    expect(found.columns).toEqual([
      { key: 'new', before: -1, after: 0 },
      { key: 'k', before: 0, after: 1 },
      { key: 'v', before: 1, after: 2 },
    ]);
    expect(compare(wider, before, ['k']).columns.at(-1)).toEqual({ key: 'new', before: 0, after: -1 });
  });

  it('may hold one key twice', () => {
    const twice = result([
      [1, 'a'],
      [1, 'b'],
    ]);
    expect(compare(twice, twice, ['k']).counts).toEqual({ same: 2, changed: 0, added: 0, gone: 0 });
    expect(compare(twice, result([[1, 'a']]), ['k']).counts.gone).toBe(1);
  });

  it('tell values apart that look alike', () => {
    const one = result([[1, 0]]);
    expect([null, '0', -0, [0], ''].map((value) => compare(one, result([[1, value]]), ['k']).counts.changed)).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(compare(result([[1, [{ a: 1 }]]]), result([[1, [{ a: 1 }]]]), ['k']).counts.same).toBe(1);
  });

  it('list only so many differences, and take only so many rows; all are counted', () => {
    const many = result(Array.from({ length: COMPARE_LIMITS.rows + 7 }, (_, at) => [at, at]));
    const found = compare(result([]), many, ['k']);
    expect(found.counts.added).toBe(COMPARE_LIMITS.rows);
    expect([found.differences.length, found.beyond]).toEqual([COMPARE_LIMITS.listed, 7]);
  });

  it('add up, however they differ, and are the same as themselves', () => {
    const rows = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.option(fc.integer({ min: 0, max: 2 }))), {
        selector: ([k]) => k,
      })
      .map((list) => result(list));
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const { counts, rows: of } = compare(a, b, ['k']);
        expect(counts.same + counts.changed + counts.gone).toBe(of.before);
        expect(counts.same + counts.changed + counts.added).toBe(of.after);
        const back = compare(b, a, ['k']).counts;
        expect([back.gone, back.added, back.changed]).toEqual([counts.added, counts.gone, counts.changed]);
        expect(compare(a, a, ['k']).differences).toEqual([]);
      }),
    );
  });
});
