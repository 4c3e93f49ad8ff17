import type { ExportProgress } from '@/lib/contract/exports';

/** One look at a running export. */
export interface Sample {
  readonly elapsedMs: number;
  readonly rows: number;
}

/** A rate over this long answers changes within seconds and does not flicker with each page. */
const WINDOW_MS = 5_000;

/** The samples of the last five seconds; a repeated look adds nothing. */
export function addSample(samples: readonly Sample[], { elapsedMs, rows }: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && elapsedMs <= last.elapsedMs) return samples;
  return [...samples.filter((sample) => sample.elapsedMs >= elapsedMs - WINDOW_MS), { elapsedMs, rows }];
}

/** Rows per second over the samples kept; null until two looks lie apart. */
export function rowsPerSecond(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.elapsedMs === first.elapsedMs) return null;
  return ((last.rows - first.rows) * 1_000) / (last.elapsedMs - first.elapsedMs);
}

/** Below this share of the ring the time left would be mostly noise. */
const MIN_FRACTION = 0.02;

/** Estimated time left, from the share of the ring done so far; null where there is no share to go by. */
export function timeLeftMs(progress: Pick<ExportProgress, 'state' | 'ringFraction' | 'elapsedMs'>): number | null {
  const { state, ringFraction, elapsedMs } = progress;
  if (state !== 'running' || ringFraction === null || ringFraction < MIN_FRACTION) return null;
  return (elapsedMs * (1 - Math.min(1, ringFraction))) / ringFraction;
}
