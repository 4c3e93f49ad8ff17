import type { SerialConsistency } from '@/lib/contract/common';
import { isConditional } from '@/lib/cql/conditional';

/** A timeout to choose: "500 ms", "30 s", "5 min". */
export function timeoutText(timeoutMs: number): string {
  if (timeoutMs % 60_000 === 0) return `${timeoutMs / 60_000} min`;
  return timeoutMs % 1_000 === 0 ? `${timeoutMs / 1_000} s` : `${timeoutMs} ms`;
}

interface RequestChoices {
  readonly serialConsistency?: SerialConsistency | null | undefined;
  readonly timeoutMs?: number | null | undefined;
}

/**
 * What the choices that are out of sight come to for this statement: the level of its Paxos round where it has one, and a
 * timeout where it is not the default. Empty where nothing is worth saying.
 */
export function requestWords({ serialConsistency, timeoutMs }: RequestChoices, statement: string | null): string {
  const serial = statement !== null && isConditional(statement) ? [`IF at ${serialConsistency ?? 'SERIAL'}`] : [];
  return [...serial, ...(timeoutMs == null ? [] : [timeoutText(timeoutMs)])].join(' · ');
}
