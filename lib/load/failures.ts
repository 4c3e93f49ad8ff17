import type { LoadFailure } from '@/lib/contract/load-reports';
import type { Problem } from '@/lib/transform/fields';
import type { BadRecord, LoadRecord, SourceError } from './records';

/** A record that could not be read, for a report. */
export function badRecordFailure({ number, line, faultLine, column, reason }: BadRecord): LoadFailure {
  return { record: number, line: faultLine ?? line, character: column, column: null, field: null, value: null, reason };
}

/** A record that is no row of the table, for a report. */
export function problemFailure({ number, line }: LoadRecord, problem: Problem): LoadFailure {
  const { column, field, value, expected } = problem;
  return { record: number, line, character: null, column, field, value, reason: expected };
}

/** Why an input could not be read any further, for a report. */
export function sourceFailure({ message, hint, line, column }: SourceError) {
  return { message, hint: hint ?? null, line, character: column };
}
