import type { ApprovalState } from '@/lib/contract/approvals';

/** A change that waits, as far as its steps depend on it. */
export interface Standing {
  readonly state: ApprovalState;
  /** The id of whoever asked. */
  readonly asker: string;
  /** When it expires in this state, in milliseconds of the epoch; null: it does not any more. */
  readonly untilMs: number | null;
}

/** What somebody does with it. `isChanged`: a table that it names is not as it was when it was asked for. */
export type Step =
  | { readonly do: 'approve'; readonly by: string; readonly isChanged: boolean; readonly runUntilMs: number }
  | { readonly do: 'run'; readonly by: string; readonly isChanged: boolean }
  | { readonly do: 'refuse' | 'withdraw'; readonly by: string }
  /** The run has ended, or the process that ran it is gone. */
  | { readonly do: 'end' };

/** Where a step leads, or why it cannot be taken. */
export type Next = Pick<Standing, 'state' | 'untilMs'> | { readonly not: string };

const OVER: Pick<Standing, 'untilMs'> = { untilMs: null };

/** The state at a moment: nobody has to come by for one to expire. */
export function agedAt<S extends Standing>(standing: S, nowMs: number): S {
  const { state, untilMs } = standing;
  const isOpen = state === 'waiting' || state === 'approved';
  return isOpen && untilMs !== null && nowMs >= untilMs ? { ...standing, state: 'expired', ...OVER } : standing;
}

/**
 * Decides each step. What is approved runs once, by whoever asked, and only while the tables are as they were; nobody
 * decides on their own.
 */
export function nextOf(standing: Standing, step: Step, nowMs: number): Next {
  const { state, asker } = agedAt(standing, nowMs);
  switch (step.do) {
    case 'approve':
      if (step.by === asker) return { not: 'You asked for this yourself: somebody else must approve it.' };
      if (state !== 'waiting') return { not: `It cannot be approved: ${WORDS[state]}.` };
      return step.isChanged ? { state: 'changed', ...OVER } : { state: 'approved', untilMs: step.runUntilMs };
    case 'refuse':
      if (step.by === asker) return { not: 'You asked for this yourself: withdraw it instead.' };
      // Also after an approval, while nothing has run.
      if (state !== 'waiting' && state !== 'approved') return { not: `It cannot be refused: ${WORDS[state]}.` };
      return { state: 'refused', ...OVER };
    case 'withdraw':
      if (step.by !== asker) return { not: 'Only the person who asked can withdraw it.' };
      if (state !== 'waiting' && state !== 'approved') return { not: `It cannot be withdrawn: ${WORDS[state]}.` };
      return { state: 'withdrawn', ...OVER };
    case 'run':
      if (step.by !== asker) return { not: 'Only the person who asked can run it.' };
      if (state !== 'approved') return { not: `It cannot run: ${WORDS[state]}.` };
      return step.isChanged ? { state: 'changed', ...OVER } : { state: 'running', ...OVER };
    case 'end':
      return state === 'running' ? { state: 'ran', ...OVER } : { not: `It does not run: ${WORDS[state]}.` };
    default:
      return step satisfies never;
  }
}

const WORDS: Readonly<Record<ApprovalState, string>> = {
  waiting: 'it waits for approval',
  approved: 'it is approved already',
  running: 'it is running',
  ran: 'it has run',
  refused: 'it was refused',
  withdrawn: 'it was withdrawn',
  expired: 'it has expired',
  changed: 'a table has changed since it was asked for',
};
