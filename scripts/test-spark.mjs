/**
 * `npm run test:spark`: jobs on a real Spark, with a master and a worker on this machine and a ring that it starts. On first
 * use it fetches PySpark (345 MB) and the connector into the cache. It takes some minutes.
 */
import { runOnOwnRing } from './test/on-own-ring.mjs';

await runOnOwnRing('spark', 'startTestRing');
