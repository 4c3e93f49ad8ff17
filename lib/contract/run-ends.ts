import { APPLIED, type Applied } from './applied';

/** How a run ended. `paused`: rows arrived and there are more. */
export const RUN_OUTCOMES = ['complete', 'paused', 'stopped', 'failed', 'done', 'schema_change'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** {@link RunOutcome}, and what became of a change: of a conditional one, of one that nobody heard of. */
export const RUN_ENDS = [...RUN_OUTCOMES, ...APPLIED] as const;
export type RunEnd = (typeof RUN_ENDS)[number];

/** How a run ended, in one word: a change that was not made, or may have been, is never only complete, stopped or failed. */
export function runEndOf({ outcome, applied }: { outcome: RunOutcome; applied?: Applied | undefined }): RunEnd {
  if (applied === 'unknown') return 'unknown';
  return outcome === 'complete' && applied !== undefined ? applied : outcome;
}
