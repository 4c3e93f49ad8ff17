import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sum, tallyOf, tallyOfPlaywright, tallyOfVitest } from './tally.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});
const vitest = (passed: number, failed: number, ...testResults: object[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults,
});

describe('the tally of a report', () => {
  it('counts tests of vitest, and files that failed before their first test', () => {
    const report = vitest(2, 1, file('passed', 'passed', 'passed'), file('failed', 'failed'), file('failed'));
    expect(tallyOfVitest(report)).toEqual({ passed: 2, failed: 2, skipped: 0 });
  });

  it('counts tests of Playwright; one that passed only on retry has failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(tallyOfPlaywright({ stats, errors: [{ message: 'x' }] })).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });
});

describe('the tally of a runner', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ringside-tally-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const tally = (code: number, report?: object) => {
    const reportPath = join(directory, 'report.json');
    if (report !== undefined) writeFileSync(reportPath, JSON.stringify(report));
    return tallyOf({ reportPath, code, read: tallyOfVitest });
  };

  it('is the report when both agree', () => {
    expect(tally(0, vitest(3, 0, file('passed', 'passed')))).toEqual({ passed: 3, failed: 0, skipped: 0 });
    expect(tally(1, vitest(3, 2, file('failed', 'failed')))).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it('is a failure when the runner failed without a failed test, ran none, or wrote no report', () => {
    expect(tally(1, vitest(3, 0, file('passed', 'passed')))).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(tally(0, vitest(0, 0))).toEqual({ passed: 0, failed: 1, skipped: 0 });
    rmSync(join(directory, 'report.json'));
    expect(tally(0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('may be empty only where that is allowed', () => {
    const reportPath = join(directory, 'report.json');
    const empty = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };
    writeFileSync(reportPath, JSON.stringify(empty));
    const tally = (code: number) => tallyOf({ reportPath, code, read: tallyOfPlaywright, mayBeEmpty: true });
    expect(tally(0)).toEqual({ passed: 0, failed: 0, skipped: 0 });
    expect(tally(1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('adds up', () => {
    expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
    expect(
      sum([
        { passed: 1, failed: 2, skipped: 3 },
        { passed: 10, failed: 20, skipped: 30 },
      ]),
    ).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    });
  });
});
