import type { ErrorCode } from '@/lib/contract/errors';
import { MOST_SPLITS } from './work';

/** The cause of a page's failure: a node that is gone, an overloaded cluster, the data read, or the request. */
export type FaultKind = 'node' | 'load' | 'range' | 'fatal';

/** Failures that a retry, another node or a smaller range may get around; any other ends the scan. */
const KINDS: Partial<Readonly<Record<ErrorCode, FaultKind>>> = {
  cluster_unreachable: 'node',
  not_enough_replicas: 'node',
  bootstrapping: 'node',
  overloaded: 'load',
  read_timeout: 'range',
  request_timeout: 'range',
  read_failure: 'range',
  server_error: 'range',
  not_prepared: 'range',
};

export function faultKind(code: ErrorCode): FaultKind {
  return KINDS[code] ?? 'fatal';
}

export interface Fault {
  readonly kind: FaultKind;
  /** Failed tries of this page, including this one. */
  readonly attempts: number;
  /** Time since these replicas last answered with a page. */
  readonly failingMs: number;
  /** Whether nothing came back in that time, not even an error. */
  readonly isSilent: boolean;
  /** Whether another piece of these replicas was given up for their silence. */
  readonly isKnownSilent: boolean;
  /** How often the piece has been split. */
  readonly splits: number;
  readonly canSplit: boolean;
  /** Before the scan's first page there is nothing to lose, so fail sooner. */
  readonly isBeginning: boolean;
}

export type FaultDecision =
  | { readonly action: 'retry'; readonly afterMs: number }
  /** Read it in parts, to get around what cannot be read. */
  | { readonly action: 'split' }
  /** Skip it, report it, and continue with the rest. */
  | { readonly action: 'give_up' }
  | { readonly action: 'stop' };

/** Time for a node to come back, or for its peers to notice that it is gone. */
const PATIENCE_MS = 30_000;
const PATIENCE_AT_FIRST_MS = 4_000;
/** Silence that no smaller range ends: by then several nodes were asked, for halves and quarters of the range, too. */
const LONGEST_SILENCE_MS = 60_000;
const SPLITS_INTO_SILENCE = 2;
const ATTEMPTS = 4;
const ATTEMPTS_OF_PARTS = 2;
const [SHORTEST_WAIT_MS, LONGEST_WAIT_MS] = [100, 4_000];

/** What to do about a page that failed. */
export function decideFault(fault: Fault): FaultDecision {
  const { kind, attempts, failingMs, splits, canSplit, isBeginning } = fault;
  const afterMs = Math.min(SHORTEST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  switch (kind) {
    case 'fatal':
      return { action: 'stop' };
    case 'node':
    case 'load': {
      const patienceMs = isBeginning ? PATIENCE_AT_FIRST_MS : PATIENCE_MS;
      const isHopeless = failingMs > patienceMs && attempts >= ATTEMPTS_OF_PARTS;
      return isHopeless ? { action: 'give_up' } : { action: 'retry', afterMs };
    }
    case 'range': {
      if (isUnanswered(fault)) return { action: 'give_up' };
      if (attempts < (splits > 0 ? ATTEMPTS_OF_PARTS : ATTEMPTS)) return { action: 'retry', afterMs };
      return canSplit && splits < MOST_SPLITS ? { action: 'split' } : { action: 'give_up' };
    }
    default:
      return kind satisfies never;
  }
}

/** Whether the replicas have been silent for so long that no part of the range can be the cause. */
function isUnanswered({ isSilent, isKnownSilent, failingMs, splits }: Fault): boolean {
  return isSilent && failingMs > LONGEST_SILENCE_MS && (isKnownSilent || splits >= SPLITS_INTO_SILENCE);
}
