import 'server-only';

/** What readiness is judged by. */
export interface ReadinessFacts {
  /** Whether this process can write into its data folder; null: the folder did not answer in time. */
  readonly isDataWritable: boolean | null;
  /** Whether the jobs of the previous process have been found. */
  readonly areJobsFound: boolean;
  readonly isStopping: boolean;
  readonly clusters: { readonly configured: number; readonly connected: number };
}

/** The answer of `/readyz`. It names no cluster and no folder: anyone may ask. */
export interface Readiness {
  readonly status: 'ready' | 'not ready';
  /** Why it is not ready; empty if it is. */
  readonly reasons: readonly string[];
  readonly clusters: ReadinessFacts['clusters'];
}

/**
 * Whether Ringside can serve people. A cluster that cannot be reached does not count: that is when people need the page
 * most, and another replica of Ringside would not reach it either.
 */
export function readinessOf({ isDataWritable, areJobsFound, isStopping, clusters }: ReadinessFacts): Readiness {
  const reasons = [
    ...(isStopping ? ['Ringside is stopping.'] : []),
    ...(isDataWritable === null ? ['The data folder does not answer.'] : []),
    ...(isDataWritable === false ? ['The data folder cannot be written to.'] : []),
    ...(areJobsFound ? [] : ['The jobs of the last run are still being read.']),
  ];
  return { status: reasons.length === 0 ? 'ready' : 'not ready', reasons, clusters };
}
