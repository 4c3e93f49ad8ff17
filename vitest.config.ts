import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** `unit` needs nothing but Node; `integration` and `faults` talk to the real ring whose addresses RINGSIDE_TEST_NODES names. */
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
          include: ['{app,components,embedded,lib,scripts,server}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/*.faults.test.ts', '**/*.heap.test.ts'],
          // A limit against hanging, far above what a test needs even on a busy machine.
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
        // Many faults, for an hour: only with `npm run test:faults`. The integration tests have one of each.
        extends: true,
        test: { name: 'faults', include: ['lib/**/*.faults.test.ts'], fileParallelism: false, hookTimeout: 300_000 },
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
    ],
  },
});
