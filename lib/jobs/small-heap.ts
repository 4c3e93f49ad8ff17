import 'server-only';
import { setFlagsFromString } from 'node:v8';

/**
 * How much V8 lets the old generation grow, in percent of what is alive, before it collects it. By itself (0) it grows up to
 * four times as large, which for a load is 50 MB of rows that were sent long ago, and several times that in a server.
 */
export const SMALL_HEAP = '--heap-growing-percent=150';
const ITS_OWN_WAY = '--heap-growing-percent=0';

let running = 0;

/** Runs what only streams rows: less memory of the process meanwhile, for 1 to 4 % more processor time. */
export async function withSmallHeap<Result>(run: () => Promise<Result>): Promise<Result> {
  if (running++ === 0) setFlagsFromString(SMALL_HEAP);
  try {
    return await run();
  } finally {
    if (--running === 0) setFlagsFromString(ITS_OWN_WAY);
  }
}
