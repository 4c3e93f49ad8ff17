import { type Applied, appliedAfter, mayBeConditional } from '@/lib/contract/applied';
import type { Classification } from '@/lib/contract/statements';
import type { ReadState } from '@/lib/reader/read-state';
import { isConditionalResult } from './conditional-outcome';
import type { StepEnd } from './run';

/** How long a statement has taken, measured in this browser. */
interface Spent {
  readonly firstRowMs: number | null;
  readonly elapsedMs: number;
}

type Ran = Pick<Classification, 'isWrite' | 'change'>;

/** How a statement ended, once its read has come to rest; undefined while it reads. */
export function stepEnd(reading: ReadState, spent: Spent, classification: Ran): StepEnd | undefined {
  const { rows, pages, agreement, error, phase } = reading;
  if (phase === 'idle' || phase === 'reading') return undefined;
  return {
    ...{ outcome: phase === 'complete' ? outcomeOf(reading.result) : phase, rows, pages, agreement, ...spent },
    ...(phase === 'failed' && error !== null ? { error } : {}),
    ...(classification.isWrite ? { applied: appliedOf(reading, classification) } : {}),
  };
}

function outcomeOf(result: ReadState['result']): StepEnd['outcome'] {
  if (result === 'void') return 'done';
  return result === 'schema_change' ? 'schema_change' : 'complete';
}

/** Of a batch that was not applied, every row says so: the first speaks for all. */
function appliedOf({ phase, header, firstRow, error }: ReadState, { change }: Ran): Applied {
  if (phase === 'failed' && error !== null) return appliedAfter(error.code, mayBeConditional({ change }));
  if (phase !== 'complete') return 'unknown';
  return !isConditionalResult(header) || firstRow?.[0] === true ? 'applied' : 'not_applied';
}
