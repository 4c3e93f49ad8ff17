import { relative } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../support/paths.mjs';
import { seconds } from '../support/progress.mjs';

/** @typedef {{ file: string, tookMs: number }} FileTime */

/** The files that are named after a step: enough to see what grew. */
const NAMED = 10;

/** The part of vitest's JSON report that has times. */
const vitestSchema = z.object({
  testResults: z.array(z.object({ name: z.string(), startTime: z.number(), endTime: z.number() })),
});

const testSchema = z.object({ results: z.array(z.object({ duration: z.number() })) });
/** The part of Playwright's JSON report that has times; a suite of a file has the suites of its `describe`s. */
const suiteSchema = z.object({
  file: z.string(),
  specs: z.array(z.object({ tests: z.array(testSchema) })),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
const playwrightSchema = z.object({ suites: z.array(suiteSchema) });

/**
 * @param {unknown} report of vitest
 * @returns {FileTime[]}
 */
export function timesOfVitest(report) {
  return vitestSchema.parse(report).testResults.map(({ name, startTime, endTime }) => ({
    file: relative(ROOT, name),
    tookMs: endTime - startTime,
  }));
}

/**
 * @param {unknown} report of Playwright
 * @returns {FileTime[]} without the time between the tests of a file
 */
export function timesOfPlaywright(report) {
  return playwrightSchema.parse(report).suites.map((suite) => ({ file: suite.file, tookMs: tookMsOf(suite) }));
}

/**
 * @param {z.infer<typeof suiteSchema>} suite
 * @returns {number}
 */
function tookMsOf({ specs, suites = [] }) {
  const own = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results.map(({ duration }) => duration)));
  return [...own, ...suites.map(tookMsOf)].reduce((sum, tookMs) => sum + tookMs, 0);
}

/**
 * @param {readonly FileTime[]} times
 * @returns {string[]} lines that name the slowest files, the slowest first; none without files
 */
export function slowestFiles(times) {
  const slowest = times.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, NAMED);
  if (slowest.length === 0) return [];
  return ['The slowest files:', ...slowest.map(({ file, tookMs }) => `  ${seconds(tookMs).padStart(12)}  ${file}`)];
}
