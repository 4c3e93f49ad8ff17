import type { Trace } from '@/lib/contract/traces';
import { factLines, factsOf, type TraceFacts } from './facts';
import { TRACE_GROUPS, type TraceGroup } from './groups';
import { formatMicros } from './micros';

/** A trace with the rows that its request returned, where they are known. */
export interface ComparedTrace {
  readonly trace: Trace;
  readonly returnedRows: number | null;
}

export interface ComparedLine {
  readonly name: string;
  readonly one: string;
  readonly other: string;
  readonly differs: boolean;
}

export interface TraceComparison {
  /** `The second took 12 ms less: 0.4 times as long.` Null where one has no duration. */
  readonly verdict: string | null;
  readonly facts: readonly ComparedLine[];
  /** How many events of each group they have. */
  readonly groups: readonly ComparedLine[];
}

/** Two traces side by side, such as before and after an index, or ONE against QUORUM. */
export function compareTraces(one: ComparedTrace, other: ComparedTrace): TraceComparison {
  const [first, second] = [factsOf(one.trace), factsOf(other.trace)];
  const lines = factLines(second, other.returnedRows);
  return {
    verdict: verdictOf(first, second),
    facts: factLines(first, one.returnedRows).map(([name, value], at) => lineOf(name, value, lines[at]?.[1] ?? '')),
    groups: groupsOf(first, second),
  };
}

const lineOf = (name: string, one: string, other: string): ComparedLine => ({
  name,
  one,
  other,
  differs: one !== other,
});

function groupsOf(first: TraceFacts, second: TraceFacts): readonly ComparedLine[] {
  const countIn = ({ groups }: TraceFacts, group: TraceGroup) =>
    String(groups.find((one) => one.group === group)?.events ?? 0);
  const present = [...new Set([...first.groups, ...second.groups].map(({ group }) => group))];
  return present.map((group) => lineOf(TRACE_GROUPS[group], countIn(first, group), countIn(second, group)));
}

function verdictOf({ durationMicros: one }: TraceFacts, { durationMicros: other }: TraceFacts): string | null {
  if (one === null || other === null) return null;
  if (one === other) return 'Both took the same time.';
  const way = other < one ? 'less' : 'more';
  const times = one === 0 ? '' : `, ${(other / one).toFixed(2)} times as long`;
  return `The second took ${formatMicros(Math.abs(other - one))} ${way}${times}. One run each: run both again before you trust it.`;
}
