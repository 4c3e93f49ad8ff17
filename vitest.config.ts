import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The browser of the component tests: RINGSIDE_CHROMIUM, else Playwright's own (`npm run test:components` finds one). */
const executablePath = process.env.RINGSIDE_CHROMIUM;
const launchOptions = {
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
};

/** What components and their tests import, bundled once before the first test. */
const PACKAGES = [
  '@codemirror/autocomplete',
  '@codemirror/commands',
  '@codemirror/lang-sql',
  '@codemirror/language',
  '@codemirror/lint',
  '@codemirror/search',
  '@codemirror/state',
  '@codemirror/view',
  '@lezer/highlight',
  'react',
  'react/jsx-dev-runtime',
  'react-dom',
  'react-dom/client',
  'react-dom/server',
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  'axe-core',
  'clsx',
  'csv-parse/browser/esm/sync',
  'lucide-react',
  'next/dynamic',
  'next/link',
  'next/navigation',
  'uplot',
  'zod/mini',
];

/** Tests that need more than Node. */
const NEED_MORE = ['integration', 'faults', 'heap', 'spark'].map((kind) => `**/*.${kind}.test.ts`);

/**
 * Tests of what a process has once: its settings, people and sessions, audit, jobs and routes, its loggers and its memory.
 * Each of these files has a process to itself; all others share one.
 */
const OF_THE_PROCESS = [
  '{app,server}/**/*.test.ts',
  'lib/cassandra/client/frame-bounds.test.ts',
  'lib/*.test.ts',
  'lib/{approval,audit,clusters,http,jobs,sign-in,telemetry}/**/*.test.ts',
];

/** A limit against hanging, far above what a unit test needs even on a busy machine. */
const UNIT = { testTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };

/** Limits of the integration tests, alone or together. */
const INTEGRATION = {
  testTimeout: 120_000,
  hookTimeout: 180_000,
  // A second, the default, is too short for a node on a busy machine.
  expect: { poll: { timeout: 60_000 } },
};
const INTEGRATION_ROOMS = '{app,bench,embedded,lib,scripts,server}/**';
/** As {@link OF_THE_PROCESS}. */
const INTEGRATION_OF_THE_PROCESS = [
  '{app,server}/**/*.integration.test.ts',
  'lib/{change-many,copy,load,spark,terminal}/**/*.integration.test.ts',
];

/**
 * `unit` and `unit-apart` need nothing but Node; `components` needs a browser as well; all of integration and `faults` talk
 * to the real ring whose addresses RINGSIDE_TEST_NODES names.
 */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The guard is for bundlers; Node needs none.
      { find: 'server-only', replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{bench,components,embedded,lib,scripts}/**/*.test.ts'],
          exclude: [...NEED_MORE, ...OF_THE_PROCESS],
          ...UNIT,
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'unit-apart', include: OF_THE_PROCESS, exclude: NEED_MORE, ...UNIT },
      },
      {
        extends: true,
        // The framework's own components read it.
        define: { 'process.env': {} },
        // Named, because a package that is met only later makes Vite load the page again in the middle of a test.
        optimizeDeps: { include: PACKAGES },
        test: {
          name: 'components',
          include: ['{app,components}/**/*.test.tsx'],
          setupFiles: ['scripts/test/component-page.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          api: { host: '127.0.0.1' },
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
            viewport: { width: 1280, height: 800 },
            screenshotFailures: false,
          },
        },
      },
      {
        // Tests that stop or pause a node, change a setting of one, or hold all to one schema: no other may run meanwhile.
        extends: true,
        test: {
          name: 'integration-alone',
          include: [`${INTEGRATION_ROOMS}/*.alone.integration.test.ts`],
          ...INTEGRATION,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Each file has keyspaces of its own, so three share two cores and one ring. Their process is shared, too: to load what
        // they test takes as long as testing it.
        extends: true,
        test: {
          name: 'integration',
          include: [`${INTEGRATION_ROOMS}/*.integration.test.ts`],
          exclude: ['**/*.alone.integration.test.ts', ...INTEGRATION_OF_THE_PROCESS],
          ...INTEGRATION,
          setupFiles: ['scripts/test/closed-prototype.ts'],
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration-apart',
          include: INTEGRATION_OF_THE_PROCESS,
          ...INTEGRATION,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Many faults, for an hour: only with `npm run test:faults`. The integration tests have one of each.
        extends: true,
        test: {
          name: 'faults',
          include: ['{app,lib}/**/*.faults.test.ts'],
          fileParallelism: false,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        // What a node with a 512 MB heap must survive: only with `npm run test:heap`, which starts one.
        extends: true,
        test: {
          name: 'heap',
          include: ['lib/**/*.heap.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      {
        // Jobs on a real Spark: only with `npm run test:spark`, which fetches PySpark.
        extends: true,
        test: {
          name: 'spark',
          include: ['lib/**/*.spark.test.ts'],
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 900_000,
          expect: { poll: { timeout: 300_000, interval: 500 } },
        },
      },
    ],
  },
});
