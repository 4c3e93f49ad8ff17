/**
 * `npm run test:faults`: scans of every kind through faults of every kind, on a ring that it starts for that, and the
 * simulation of losses against a second ring, whose nodes it stops. It takes more than an hour; `npm test` has one case of
 * each fault.
 */
import { runOnOwnRing } from './test/on-own-ring.mjs';

await runOnOwnRing('faults', 'startTestRing');
