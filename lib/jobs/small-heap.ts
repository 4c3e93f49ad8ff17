import 'server-only';
import { setFlagsFromString } from 'node:v8';

/**
 * How much V8 lets the old generation grow, in percent of what is alive, before it collects it. By itself it grows up to four
 * times as large, which for a load is 50 MB of rows that were sent long ago.
 */
export const SMALL_HEAP = '--heap-growing-percent=150';

/** For a process that only streams rows: less memory for 1 to 4 % more processor time. It lasts until the process ends. */
export function keepHeapSmall(): void {
  setFlagsFromString(SMALL_HEAP);
}
