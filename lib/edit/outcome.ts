import { appliedAfter } from '@/lib/contract/applied';
import type { Consistency, SerialConsistency } from '@/lib/contract/common';
import type { ApiError } from '@/lib/contract/errors';
import type { MutationLook, StatementOutcome } from '@/lib/contract/mutations';
import { guardrailAdvice } from './guardrail';

/** What a statement was when it was sent. */
export interface SentStatement {
  readonly isConditional: boolean;
  readonly isCounter: boolean;
  /** Sending it again has the effect of sending it once. */
  readonly mayResend: boolean;
  /** It goes through the batch log. */
  readonly isLogged?: boolean;
}

/** How a statement failed. */
export interface Fault {
  readonly error: ApiError;
  /** Of a write timeout: what it was, as the coordinator names it (native protocol v4, section 9). */
  readonly writeType: string | null;
  /** False: it did not leave this server. */
  readonly isSent: boolean;
}

type Ending = Pick<StatementOutcome, 'outcome' | 'message' | 'mayResend' | 'error'>;

export const APPLIED: Ending = { outcome: 'applied', message: 'Applied.', mayResend: false };

/** What became of a statement whose condition did not hold. @param isTaken another row stands where one was moved to */
export function notApplied(isTaken: boolean): Ending {
  const why = isTaken ? 'there is a row with the new key' : 'the row is not as it was read';
  const message = `Not applied: ${why}. It was read again; decide, and review it once more.`;
  return { outcome: 'not_applied', message, mayResend: false };
}

/** What is known of a statement that failed, in words. It is never sent again by itself. */
export function failed({ error, writeType, isSent }: Fault, sent: SentStatement): Ending {
  if (!isSent || wroteNothing(error, sent)) {
    const advice = guardrailAdvice(error);
    const message = `Refused, nothing was written: ${error.message}${advice === null ? '' : ` ${advice}`}`;
    return { outcome: 'refused', message, mayResend: error.retryable, error };
  }
  const { says, mayResend: isHarmless } = UNKNOWN[kindOf(writeType, sent, error)];
  const mayResend = isHarmless && sent.mayResend;
  const again = mayResend ? ` ${AGAIN}` : isHarmless ? ` ${NOT_AGAIN}` : '';
  return { outcome: 'unknown', message: `Unknown: ${says}${again}`, mayResend, error };
}

/**
 * A coordinator with too many hints refuses a write as overloaded: before it writes, except that a batch is in the batch log
 * by then (`StorageProxy.mutateAtomically`).
 */
function wroteNothing({ code }: ApiError, { isConditional, isLogged = false }: SentStatement): boolean {
  return appliedAfter(code, isConditional) === 'not_applied' && !(isLogged && code === 'overloaded');
}

type UnknownKind = 'SIMPLE' | 'BATCH' | 'BATCH_LOG' | 'UNLOGGED_BATCH' | 'COUNTER' | 'CAS' | 'SILENT' | 'FAILED';

/** Drivers' `WriteType` documentation, and Cassandra's enum of the same name (5.0): VIEW and CDC as SIMPLE. */
function kindOf(
  writeType: string | null,
  { isConditional, isCounter }: SentStatement,
  { code }: ApiError,
): UnknownKind {
  if (isCounter) return 'COUNTER';
  if (isConditional) return 'CAS';
  switch (writeType) {
    case 'BATCH':
    case 'BATCH_LOG':
    case 'UNLOGGED_BATCH':
    case 'COUNTER':
    case 'CAS':
      return writeType;
    default:
      if (code === 'write_timeout') return 'SIMPLE';
      return code === 'write_failure' || code === 'overloaded' ? 'FAILED' : 'SILENT';
  }
}

const AGAIN = 'Its own timestamp makes it safe to send again.';
const NOT_AGAIN = 'Do not send it again: that could add the elements of a list twice.';

const UNKNOWN: Readonly<Record<UnknownKind, { readonly says: string; readonly mayResend: boolean }>> = {
  SIMPLE: {
    says: 'too few replicas confirmed in time. Those that have the write spread it.',
    mayResend: true,
  },
  BATCH: {
    says: 'the batch is in the batch log, so all of it will be applied, sooner or later. Do not send it again.',
    mayResend: false,
  },
  BATCH_LOG: {
    says: 'the batch log did not confirm in time, so most likely none of the batch was applied.',
    mayResend: true,
  },
  UNLOGGED_BATCH: {
    says: 'too few replicas confirmed in time; each partition of the batch stands for itself.',
    mayResend: true,
  },
  COUNTER: {
    says: 'the counter may have been changed. It is not sent again: that could count twice.',
    mayResend: false,
  },
  CAS: {
    says: 'the conditional write may have been accepted, or may still be by a later round of Paxos. A read at SERIAL finishes what is pending.',
    mayResend: false,
  },
  FAILED: {
    says: 'a replica failed or refused it; others may have the write, and spread it.',
    mayResend: true,
  },
  SILENT: {
    says: 'no answer came. The coordinator may still be working on it, until its own time-outs have passed.',
    mayResend: true,
  },
};

/** At which level to look whether a write of unknown outcome is there. */
export function lookLevel(isConditional: boolean, consistency: Consistency, serial: SerialConsistency): Consistency {
  if (isConditional) return serial;
  return readLevel(consistency);
}

/** A level for reading what is written at another: ANY is none for reads, EACH_QUORUM not in every release. */
export function readLevel(consistency: Consistency): Consistency {
  if (consistency === 'ANY') return 'ONE';
  return consistency === 'EACH_QUORUM' ? 'QUORUM' : consistency;
}

const LOOKS: Readonly<Record<MutationLook['found'], string>> = {
  there: 'Looked again: it is there, with the write time of this statement.',
  looks_there: 'Looked again: the row has these values. That does not prove that they are from this statement.',
  not_there: 'Looked again: it is not there yet. It may still come.',
  unreadable: 'Looked again, but the row could not be read.',
};

/** What the reads of a statement's rows say together: the least sure decides. */
export function lookOf(found: readonly MutationLook['found'][]): MutationLook {
  const order = ['unreadable', 'not_there', 'looks_there', 'there'] as const;
  const least = order.find((one) => found.includes(one)) ?? 'unreadable';
  return { found: least, message: LOOKS[least] };
}
