import type { ReadState } from '@/lib/reader/read-state';
import type { StepEnd } from './run';

/** How long a statement has taken, measured in this browser. */
interface Spent {
  readonly firstRowMs: number | null;
  readonly elapsedMs: number;
}

/** How a statement ended, once its read has come to rest; undefined while it reads. */
export function stepEnd(reading: ReadState, spent: Spent): StepEnd | undefined {
  const { rows, pages, agreement, error } = reading;
  const facts = { rows, pages, agreement, ...spent };
  switch (reading.phase) {
    case 'idle':
    case 'reading':
      return undefined;
    case 'paused':
    case 'stopped':
      return { outcome: reading.phase, ...facts };
    case 'failed':
      return { outcome: 'failed', ...facts, ...(error === null ? {} : { error }) };
    case 'complete':
      return { outcome: outcomeOf(reading.result), ...facts };
    default:
      return reading.phase satisfies never;
  }
}

function outcomeOf(result: ReadState['result']): StepEnd['outcome'] {
  if (result === 'void') return 'done';
  return result === 'schema_change' ? 'schema_change' : 'complete';
}
