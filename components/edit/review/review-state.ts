import { type ErrorText, errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import type { MutationEnd, MutationLooks, MutationPlan, StatementOutcome } from '@/lib/contract/mutations';
import { differsWords } from '@/lib/edit/review';

/**
 * `planning`: the statements are being worked out, `plan` is the one before; `ready`: they can be run; `running`; `ran`: it is
 * over, or its response was cut off (`cut`).
 */
export interface ReviewState {
  readonly phase: 'planning' | 'failed' | 'ready' | 'running' | 'ran';
  readonly plan: MutationPlan | null;
  /** Why it could not be planned, or why nothing was run. */
  readonly error: ErrorText | null;
  /** Why the plan was made again, and what differs. */
  readonly said: string | null;
  /** The plan is too old to be run. */
  readonly isExpired: boolean;
  readonly outcomes: ReadonlyMap<number, StatementOutcome>;
  readonly end: MutationEnd | null;
  readonly cut: ErrorText | null;
  readonly isStopping: boolean;
  /** Statements that are being looked at again. */
  readonly looking: ReadonlySet<number>;
  /** Why looking again, or stopping, did not work. */
  readonly failed: ErrorText | null;
  /** Why the plan is being made again. */
  readonly because: string | null;
}

export const FIRST: ReviewState = {
  ...{ phase: 'planning', plan: null, error: null, said: null, isExpired: false },
  ...{ outcomes: new Map(), end: null, cut: null, isStopping: false, looking: new Set(), failed: null, because: null },
};

export type ReviewAct =
  | { readonly do: 'plan' }
  | { readonly do: 'planned'; readonly plan: MutationPlan }
  | { readonly do: 'unplanned'; readonly error: unknown }
  | { readonly do: 'expire' }
  /** The same changes once more, or what is left of them after a run. */
  | { readonly do: 'again'; readonly because: string | null }
  | { readonly do: 'run' | 'stop' }
  | { readonly do: 'outcomes'; readonly outcomes: readonly StatementOutcome[] }
  | { readonly do: 'end'; readonly end: MutationEnd }
  | { readonly do: 'break'; readonly error: unknown }
  | { readonly do: 'look'; readonly statements: readonly number[] }
  | { readonly do: 'looked'; readonly statements: readonly number[]; readonly looks: MutationLooks }
  | { readonly do: 'fail'; readonly error: unknown };

export function reviewed(state: ReviewState, act: ReviewAct): ReviewState {
  switch (act.do) {
    case 'plan':
      return { ...FIRST, plan: state.plan, because: state.because };
    case 'planned':
      return { ...FIRST, phase: 'ready', plan: act.plan, said: saidOf(state, act.plan) };
    case 'unplanned':
      return { ...FIRST, phase: 'failed', error: errorText(act.error) };
    case 'expire':
      return state.phase === 'ready' ? { ...state, isExpired: true } : state;
    case 'again':
      return { ...FIRST, plan: state.phase === 'ran' ? null : state.plan, because: act.because };
    case 'run':
      return { ...FIRST, phase: 'running', plan: state.plan };
    case 'stop':
      return { ...state, isStopping: true };
    case 'outcomes':
      return { ...state, outcomes: withOutcomes(state, act.outcomes) };
    case 'end':
      return { ...state, phase: 'ran', end: act.end, isStopping: false };
    case 'break':
      return broken(state, act.error);
    case 'look':
      return { ...state, looking: new Set([...state.looking, ...act.statements]), failed: null };
    case 'looked': {
      const looking = new Set([...state.looking].filter((one) => !act.statements.includes(one)));
      const end = act.looks.end ?? state.end;
      return { ...state, outcomes: withOutcomes(state, act.looks.outcomes), end, looking };
    }
    case 'fail':
      return { ...state, failed: errorText(act.error), looking: new Set(), isStopping: false };
    default:
      return act satisfies never;
  }
}

function withOutcomes({ outcomes }: ReviewState, more: readonly StatementOutcome[]) {
  return new Map([...outcomes, ...more.map((one): [number, StatementOutcome] => [one.statement, one])]);
}

function saidOf({ plan, because }: ReviewState, next: MutationPlan): string | null {
  if (because === null) return null;
  return plan === null ? because : `${because} ${differsWords(plan, next)}`;
}

export const EXPIRED = 'The review had expired, so it was made again.';

/** Whether a run was refused before anything was sent: a response without a status may have been lost on its way back. */
export function isRefusal(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && error.status >= 400;
}

/** What a run that failed says: refused before anything was sent, or cut off. */
function broken(state: ReviewState, error: unknown): ReviewState {
  if (!isRefusal(error)) return { ...state, phase: 'ran', cut: errorText(error), isStopping: false };
  const { code } = error.error;
  if (code === 'confirmation_required' || code === 'schema_changed') {
    const because = code === 'schema_changed' ? 'The table had changed, so the review was made again.' : EXPIRED;
    return { ...FIRST, plan: state.plan, because };
  }
  return { ...FIRST, phase: 'ready', plan: state.plan, error: errorText(error) };
}
