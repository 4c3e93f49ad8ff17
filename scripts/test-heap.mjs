/**
 * `npm run test:heap`: what a node with a heap of 512 MB must live through, on one that it starts for that. It takes some
 * minutes.
 */
import { runOnOwnRing } from './test/on-own-ring.mjs';

await runOnOwnRing('heap', 'startSmallNode');
