import type { RowCount } from './row-count';
import { RunningReads } from './running-reads';

/** Counts of all rows, which go on without their page as reads to the end do. */
export const runningCounts = new RunningReads<RowCount>();
