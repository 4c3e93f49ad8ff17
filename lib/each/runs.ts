import 'server-only';
import { StoppableRuns } from '@/lib/cassandra/stoppable-runs';

/** Runs at a time, so that a handful of clicks cannot keep a cluster busy. */
const MOST_RUNNING = 4;

/** The runs for lists of rows. */
export const eachRuns = new StoppableRuns(
  'each',
  MOST_RUNNING,
  `${MOST_RUNNING} statements already run for lists of rows.`,
);
