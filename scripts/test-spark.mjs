/**
 * `npm run test:spark`: jobs on a real Spark, with a master and a worker on this machine and a ring that it starts, and then one
 * followed in a browser. On first use it fetches PySpark (345 MB) and the connector into the cache. It takes some minutes.
 */
import { runOnOwnRing } from './test/on-own-ring.mjs';

await runOnOwnRing('spark', 'startTestRing', async ({ ring, rest, signal }) => {
  const [{ build }, { provideBrowser }, { EndToEnd }, { say }] = await Promise.all([
    import('./support/build.mjs'),
    import('./test/browser.mjs'),
    import('./test/end-to-end.mjs'),
    import('./support/progress.mjs'),
  ]);
  await build({ signal });
  const browser = await provideBrowser({ signal });
  return new EndToEnd({ find: async () => ({ ring, browser }), rest, signal }).spark(say);
});
