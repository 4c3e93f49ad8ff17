import { type RunEnd, runEndOf } from '@/lib/contract/run-ends';
import type { StepEnd } from './run';

interface EndWord {
  readonly word: string;
  readonly tone: 'ok' | 'warn' | 'danger' | 'neutral';
}

/** How a run ended, as it is said in the history and among the last runs. */
export const END_WORDS: Readonly<Record<RunEnd, EndWord>> = {
  complete: { word: 'complete', tone: 'ok' },
  paused: { word: 'paused', tone: 'neutral' },
  stopped: { word: 'stopped', tone: 'warn' },
  failed: { word: 'failed', tone: 'danger' },
  done: { word: 'done', tone: 'ok' },
  schema_change: { word: 'schema changed', tone: 'ok' },
  applied: { word: 'applied', tone: 'ok' },
  not_applied: { word: 'not applied', tone: 'warn' },
  unknown: { word: 'unknown', tone: 'warn' },
};

/** The same for one statement of a run. All that went well is done: what it returned stands below. */
export function stepWord(step: Pick<StepEnd, 'outcome' | 'applied'>): EndWord {
  const end = runEndOf(step);
  return END_WORDS[end === 'complete' || end === 'schema_change' ? 'done' : end];
}
