import type { LoadProblem } from '@/lib/contract/load';
import type { Problem } from '@/lib/transform/fields';
import type { SourceItem } from './records';

/** What is wrong with a value of a record, for people. */
export function problemText({ column, field, expected }: Problem): string {
  const from = field === null || field === column ? '' : ` (field ${field})`;
  return column === null ? expected : `${column}${from}: ${expected}`;
}

/** Why a record is no row: it cannot be read, or a value is none of its column's type. */
export function problemOf(item: SourceItem, problem?: Problem): LoadProblem {
  const { number, line } = item;
  if (item.kind === 'bad') {
    const { faultLine, column: character, reason: message } = item;
    return { number, line: faultLine ?? line, character, column: null, field: null, value: null, message };
  }
  if (problem === undefined) throw new Error('a record without a problem');
  const { column, field, value } = problem;
  return { number, line, character: null, column, field, value, message: problemText(problem) };
}
