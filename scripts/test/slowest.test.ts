import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.mjs';
import { slowestFiles, timesOfPlaywright, timesOfVitest } from './slowest.mjs';

describe('the times of files', () => {
  it('come from the report of vitest', () => {
    const report = { testResults: [{ name: join(ROOT, 'lib', 'a.test.ts'), startTime: 1_000, endTime: 3_500 }] };
    expect(timesOfVitest(report)).toEqual([{ file: join('lib', 'a.test.ts'), tookMs: 2_500 }]);
  });

  it('are the sums of the tests in the report of Playwright, however deep they are', () => {
    const spec = (...durations: number[]) => ({ tests: [{ results: durations.map((duration) => ({ duration })) }] });
    const inner = { file: 'a.spec.ts', specs: [spec(300)] };
    const group = { file: 'a.spec.ts', specs: [spec(20)], suites: [inner] };
    const report = {
      suites: [
        { file: 'a.spec.ts', specs: [spec(1, 2)], suites: [group] },
        { file: 'b.spec.ts', specs: [] },
      ],
    };
    expect(timesOfPlaywright(report)).toEqual([
      { file: 'a.spec.ts', tookMs: 323 },
      { file: 'b.spec.ts', tookMs: 0 },
    ]);
  });

  it('name the ten slowest, the slowest first', () => {
    const times = Array.from({ length: 30 }, (_, at) => ({ file: `${at}.ts`, tookMs: ((at * 7) % 30) * 1_000 }));
    const lines = slowestFiles(times);
    expect(lines).toHaveLength(11);
    expect(lines[1]).toMatch(/^ +29\.0 s {2}17\.ts$/);
    expect(lines[10]).toMatch(/^ +20\.0 s {2}20\.ts$/);
    expect(slowestFiles([])).toEqual([]);
  });
});
