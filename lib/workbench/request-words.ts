import type { SerialConsistency } from '@/lib/contract/common';
import type { Classification } from '@/lib/contract/statements';

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
export function requestWords(
  { serialConsistency, timeoutMs }: RequestChoices,
  statement: Pick<Classification, 'change'> | null,
): string {
  const serial = statement?.change?.isConditional === true ? [`IF at ${serialConsistency ?? 'SERIAL'}`] : [];
  return [...serial, ...(timeoutMs == null ? [] : [timeoutText(timeoutMs)])].join(' · ');
}
