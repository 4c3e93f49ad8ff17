import type { Reading } from '@/lib/reader/reading';
import type { StepEnd } from './run';

/** How a statement stands when its reading has come to rest; undefined while it reads. */
export function stepEnd(reading: Reading, elapsedMs: number): StepEnd | undefined {
  const { rows, error } = reading;
  const facts = { rows, elapsedMs };
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

function outcomeOf(result: Reading['result']): StepEnd['outcome'] {
  if (result === 'void') return 'done';
  return result === 'schema_change' ? 'schema_change' : 'complete';
}
