import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** The part of vitest's JSON report that is counted. */
const vitestSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** The part of Playwright's JSON report that is counted. */
const playwrightSchema = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
});

/**
 * @param {unknown} report
 * @returns {Tally} a file that fails before its first test counts as one failed test
 */
export function tallyOfVitest(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = vitestSchema.parse(report);
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}

/**
 * @param {unknown} report
 * @returns {Tally} a test that passed only on retry counts as failed: it is unreliable
 */
export function tallyOfPlaywright(report) {
  const { stats, errors } = playwrightSchema.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/**
 * The tally of a finished test runner. The exit code adds what a report cannot say: a runner that failed without a failed
 * test (an error between tests, no tests at all) counts as one failure, as does one without a report.
 * @param {{ reportPath: string, code: number, read: (report: unknown) => Tally, mayBeEmpty?: boolean }} runner
 *   `mayBeEmpty`: running no tests is not a failure
 * @returns {Tally}
 */
export function tallyOf({ reportPath, code, read, mayBeEmpty = false }) {
  if (!existsSync(reportPath)) return { passed: 0, failed: 1, skipped: 0 };
  const tally = read(JSON.parse(readFileSync(reportPath, 'utf8')));
  const silent = tally.failed === 0 && (code !== 0 || (tally.passed === 0 && !mayBeEmpty));
  return silent ? { ...tally, failed: 1 } : tally;
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return tallies.reduce(
    (total, tally) => ({
      passed: total.passed + tally.passed,
      failed: total.failed + tally.failed,
      skipped: total.skipped + tally.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
