import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_DIRECTORY, ROOT } from '../support/paths.mjs';
import { privateDirectory } from '../support/private.mjs';
import { run } from '../support/processes.mjs';
import { say } from '../support/progress.mjs';
import { slowestFiles, timesOfPlaywright, timesOfVitest } from './slowest.mjs';
import { tallyOf, tallyOfPlaywright, tallyOfVitest } from './tally.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

const MODULES = join(ROOT, 'node_modules');
const SCRIPTS = {
  biome: join(MODULES, '@biomejs', 'biome', 'bin', 'biome'),
  depcruise: join(MODULES, 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
  knip: join(MODULES, 'knip', 'bin', 'knip.js'),
  next: join(MODULES, 'next', 'dist', 'bin', 'next'),
  tsc: join(MODULES, 'typescript', 'bin', 'tsc'),
  vitest: join(MODULES, 'vitest', 'vitest.mjs'),
  playwright: join(MODULES, 'playwright', 'cli.js'),
};

/**
 * The commands of the steps that pass or fail as a whole.
 * @type {Record<'format' | 'lint' | 'typecheck', [keyof typeof SCRIPTS, ...string[]][]>}
 */
const CHECKS = {
  format: [['biome', 'format', '.']],
  lint: [
    ['biome', 'lint', '.'],
    ['biome', 'check', '--formatter-enabled=false', '--linter-enabled=false', '.'],
    [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'app',
      'components',
      'lib',
      'server',
      'embedded',
      'scripts',
      'bench',
      'e2e',
    ],
    ['knip', '--no-progress'],
  ],
  // Next generates the types of routes and pages; a clone does not have them.
  typecheck: [
    ['next', 'typegen'],
    ['tsc', '--noEmit'],
  ],
};

/**
 * Runs one of the project's tools and streams its output.
 * @param {keyof typeof SCRIPTS} tool
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, onLine?: (line: string) => void, signal: AbortSignal }} options
 * @returns {Promise<number>} its exit code
 */
async function runTool(tool, args, { env = {}, onLine = say, signal }) {
  const { code } = await run(process.execPath, [SCRIPTS[tool], ...args], {
    cwd: ROOT,
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1', ...env },
    signal,
    onLine,
  });
  return code;
}

/**
 * @param {'format' | 'lint' | 'typecheck'} name
 * @param {AbortSignal} signal
 * @returns {Promise<Tally>} one passed or one failed
 */
export async function check(name, signal) {
  let failed = 0;
  for (const [tool, ...args] of CHECKS[name]) if ((await runTool(tool, args, { signal })) !== 0) failed = 1;
  return { passed: 1 - failed, failed, skipped: 0 };
}

/**
 * @param {string} name
 * @returns {string} where a test runner writes its report, with the last one removed
 */
function freshReport(name) {
  privateDirectory(LOG_DIRECTORY);
  const path = join(LOG_DIRECTORY, `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

/**
 * Names the files of a report that took longest, so that whoever runs the tests sees what grew.
 * @param {string} reportPath
 * @param {(report: unknown) => import('./slowest.mjs').FileTime[]} timesOf
 * @param {(line: string) => void} onLine
 */
function nameSlowest(reportPath, timesOf, onLine) {
  if (!existsSync(reportPath)) return;
  for (const line of slowestFiles(timesOf(JSON.parse(readFileSync(reportPath, 'utf8'))))) onLine(line);
}

/** Steps that are several projects of vitest.config.ts: those whose names begin with theirs. */
const SEVERAL = new Set(['unit', 'integration']);

/**
 * @param {'unit' | 'components' | 'integration' | 'faults' | 'heap' | 'spark'} project
 * @param {{ env?: Record<string, string>, rest: readonly string[], onLine?: (line: string) => void, signal: AbortSignal }} options
 * @returns {Promise<Tally>}
 */
export async function vitest(project, { env = {}, rest, onLine = say, signal }) {
  const reportPath = freshReport(project);
  const args = [
    'run',
    '--project',
    SEVERAL.has(project) ? `${project}*` : project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath}`,
    ...rest,
  ];
  const code = await runTool('vitest', args, { env, onLine, signal });
  if (project === 'integration') nameSlowest(reportPath, timesOfVitest, onLine);
  return tallyOf({ reportPath, code, read: tallyOfVitest });
}

/**
 * @param {'together' | 'pages' | 'alone' | 'spark'} project the end-to-end tests that may run in parallel, those that look at
 *   every page, those that need the ring to themselves, or those that need a real Spark
 * @param {{ workers: number, env: Record<string, string>, rest: readonly string[], onLine?: (line: string) => void, signal: AbortSignal }} options
 * @returns {Promise<Tally>}
 */
export async function playwright(project, { workers, env, rest, onLine = say, signal }) {
  const reportPath = freshReport(`e2e-${project}`);
  const args = [
    'test',
    '--config',
    join('e2e', 'playwright.config.ts'),
    '--project',
    project,
    '--workers',
    String(workers),
    '--reporter=list,json',
    '--pass-with-no-tests',
    ...rest,
  ];
  const code = await runTool('playwright', args, {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath, PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath },
    onLine,
    signal,
  });
  nameSlowest(reportPath, timesOfPlaywright, onLine);
  // A spec selected by name may have tests of only one kind.
  return tallyOf({ reportPath, code, read: tallyOfPlaywright, mayBeEmpty: true });
}
