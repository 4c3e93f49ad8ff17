import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';
import { Problem } from '../support/problem.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browser for the end-to-end tests: the one that RINGSIDE_CHROMIUM names, Playwright's own, or the system's.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Record<string, string>} variables for Playwright's configuration; none for its own browser
 * @throws {Problem} when there is none
 */
export function browserEnvironment(env = process.env) {
  if (env.RINGSIDE_CHROMIUM) return { RINGSIDE_CHROMIUM: env.RINGSIDE_CHROMIUM };
  if (existsSync(chromium.executablePath())) return {};
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const path = [...onPath, ...APPLICATIONS].find((candidate) => existsSync(candidate));
  if (path !== undefined) return { RINGSIDE_CHROMIUM: path };
  throw new Problem(
    'There is no Chromium for the end-to-end tests.',
    'Install one: npx playwright install chromium, or apt install chromium.\nOne that is elsewhere: RINGSIDE_CHROMIUM=/path/to/chromium npm test',
  );
}
