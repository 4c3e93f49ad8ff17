import { defineConfig } from 'playwright/test';
import { baseUrl } from './support/environment';

/** Two cores may run a ring, the server, the browser and the tests, so timeouts are long; no wait is fixed. */
const SECOND_MS = 1_000;

const executablePath = process.env.RINGSIDE_CHROMIUM;
const launchOptions = {
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    // A name that is not localhost, because browsers treat localhost specially.
    '--host-resolver-rules=MAP ringside.test 127.0.0.1',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--enable-precise-memory-info',
  ],
};

/**
 * The tag of tests that stop a node or count requests to the ring, so that no other test may use it meanwhile, and of those
 * that start a node, which would slow down the others.
 */
const ALONE = /@alone/;

/** The tag of tests that look at every page in the same way: they run last, and CI may have no time for them. */
const EVERY_PAGE = /@pages/;

/** The tag of tests that need a real Spark, which only `npm run test:spark` fetches. */
const ON_SPARK = /@spark/;

/**
 * One worker by default. `npm test` runs the tests that need the ring to themselves, and then two workers `together`, each
 * with its own server. A test that needs a second try is broken.
 */
export default defineConfig({
  testDir: 'specs',
  testMatch: '*.spec.ts',
  outputDir: '.output',
  workers: 1,
  fullyParallel: false,
  projects: [
    { name: 'together', grepInvert: [ALONE, ON_SPARK, EVERY_PAGE] },
    { name: 'pages', grep: EVERY_PAGE },
    { name: 'alone', grep: ALONE },
    { name: 'spark', grep: ON_SPARK },
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
    // A trace takes a quarter of the tests' processor time. For one test that fails: `-- NAME --trace retain-on-failure`.
    trace: 'off',
    // Without a graphics card, drawing what moves takes half of the processor time of a page that loads.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
  },
});
