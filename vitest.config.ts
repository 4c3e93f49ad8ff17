import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** `unit` needs nothing but Node; `integration` and `faults` talk to the real ring whose addresses RINGSIDE_TEST_NODES names. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The guard is for bundlers; under Node there is nothing to guard.
      { find: 'server-only', replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,components,embedded,lib,scripts,server}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/*.faults.test.ts', '**/*.heap.test.ts'],
          // A limit against hanging, far from what a test needs on a machine that is busy with others.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{app,embedded,lib,scripts,server}/**/*.integration.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Many faults, for an hour: by `npm run test:faults` only. One of each is among the integration tests.
        extends: true,
        test: { name: 'faults', include: ['lib/**/*.faults.test.ts'], fileParallelism: false, hookTimeout: 300_000 },
      },
      {
        // What a node with a heap of 512 MB must live through: by `npm run test:heap` only, which starts one.
        extends: true,
        test: {
          name: 'heap',
          include: ['lib/**/*.heap.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
