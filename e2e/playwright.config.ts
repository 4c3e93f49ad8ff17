import { defineConfig } from 'playwright/test';
import { baseUrl } from './support/environment';

/** Two cores may carry a ring, the server, the browser and the tests: waits are long, and none of them is a fixed one. */
const SECOND_MS = 1_000;

const executablePath = process.env.RINGSIDE_CHROMIUM;
const launchOptions = {
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    // A name that is not localhost, for what browsers do only there.
    '--host-resolver-rules=MAP ringside.test 127.0.0.1',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--enable-precise-memory-info',
  ],
};

/** What a test is tagged with that stops a node, or counts what the ring is asked: no other may use the ring meanwhile. */
const ALONE = /@alone/;

/**
 * One worker unless `npm test` says otherwise, which runs two `together`, each with a server of its own, and then those
 * that want the ring for themselves. A test that needs a second try is broken.
 */
export default defineConfig({
  testDir: 'specs',
  testMatch: '*.spec.ts',
  outputDir: '.output',
  workers: 1,
  fullyParallel: false,
  projects: [
    { name: 'together', grepInvert: ALONE },
    { name: 'alone', grep: ALONE },
  ],
  retries: 0,
  forbidOnly: true,
  timeout: 180 * SECOND_MS,
  expect: { timeout: 45 * SECOND_MS },
  use: {
    baseURL: baseUrl(),
    browserName: 'chromium',
    launchOptions,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
    actionTimeout: 45 * SECOND_MS,
    navigationTimeout: 90 * SECOND_MS,
    // With the page's structure at every step; a film of it would cost a quarter of the time that the tests take.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
});
