/**
 * `npm run test:faults`: scans of every kind through faults of every kind, on a ring that it starts for that. It takes
 * most of an hour; `npm test` has one case of each fault.
 */
import { runOnOwnRing } from './test/on-own-ring.mjs';

await runOnOwnRing('faults', 'startTestRing');
