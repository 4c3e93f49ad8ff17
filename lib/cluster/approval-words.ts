import type { ApprovalLine, ApprovalRan, ApprovalState } from '@/lib/contract/approvals';
import type { Changing } from '@/lib/contract/rights';
import type { Classification } from '@/lib/contract/statements';

/** A state in a word or two, and how it looks. */
export const APPROVAL_STATES: Readonly<
  Record<ApprovalState, { readonly word: string; readonly tone: 'neutral' | 'accent' | 'ok' | 'warn' | 'danger' }>
> = {
  waiting: { word: 'waits for approval', tone: 'warn' },
  approved: { word: 'approved', tone: 'accent' },
  running: { word: 'running', tone: 'accent' },
  ran: { word: 'ran', tone: 'neutral' },
  refused: { word: 'refused', tone: 'danger' },
  withdrawn: { word: 'withdrawn', tone: 'neutral' },
  expired: { word: 'expired', tone: 'neutral' },
  changed: { word: 'table changed', tone: 'danger' },
};

/** How a run ended, in a word or two. */
export const RAN_WORDS: Readonly<
  Record<ApprovalRan['outcome'], { readonly word: string; readonly tone: 'ok' | 'warn' | 'danger' }>
> = {
  applied: { word: 'applied', tone: 'ok' },
  not_applied: { word: 'not applied', tone: 'warn' },
  unknown: { word: 'outcome unknown', tone: 'danger' },
  started: { word: 'job started', tone: 'ok' },
};

/** What can be done with a change now by whoever looks at it. */
export function possibleActs({ state, isOwn, mayDecide }: Pick<ApprovalLine, 'state' | 'isOwn' | 'mayDecide'>) {
  const isOpen = state === 'waiting' || state === 'approved';
  return {
    approve: mayDecide && state === 'waiting',
    refuse: mayDecide && isOpen,
    run: isOwn && state === 'approved',
    withdraw: isOwn && isOpen,
  };
}

const OF_ROLES = /\b(ROLE|USER|IDENTITY|TRIGGER)\b/;

/** The sorts of change that a statement is, as rights have them. */
export function changesOf({ kind, verb, isWrite }: Pick<Classification, 'kind' | 'verb' | 'isWrite'>): Changing[] {
  if (!isWrite) return [];
  switch (kind) {
    case 'create':
    case 'alter':
    case 'drop':
      return [OF_ROLES.test(verb) ? 'admin' : 'ddl'];
    case 'grant':
    case 'revoke':
      return ['admin'];
    case 'truncate':
      return ['write', 'ddl'];
    default:
      return ['write'];
  }
}
