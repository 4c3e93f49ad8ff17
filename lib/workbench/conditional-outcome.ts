import type { Row } from '@/lib/client/stream-events';
import { APPLIED_COLUMN } from '@/lib/contract/applied';
import type { HeaderFrame } from '@/lib/contract/frames';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';

interface ConditionalOutcome {
  readonly isApplied: boolean;
  /** Without `[applied]`; `source` is the place in a row. */
  readonly columns: readonly { readonly name: string; readonly type: CqlType; readonly source: number }[];
  /** The rows whose values did not meet the condition; two of them may be equal, so each has its place. */
  readonly standing: readonly { readonly at: number; readonly row: Row }[];
}

export function isConditionalResult(header: HeaderFrame | null): header is HeaderFrame {
  return header?.columns[0]?.name === APPLIED_COLUMN;
}

/** What the rows of a conditional write say; a batch may return several. */
export function conditionalOutcome({ columns }: HeaderFrame, rows: readonly Row[]): ConditionalOutcome {
  const isApplied = rows.length > 0 && rows.every(([applied]) => applied === true);
  const others = columns.map(({ name, type }, source) => ({ name, type: parseCqlType(type), source })).slice(1);
  return {
    isApplied,
    columns: others,
    standing: isApplied || others.length === 0 ? [] : rows.map((row, at) => ({ at, row })),
  };
}
