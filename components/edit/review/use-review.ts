import { useCallback, useEffect, useMemo, useReducer, useRef, useSyncExternalStore } from 'react';
import type { ChangeStore } from '@/lib/changes/change-store';
import { RecordedRun } from '@/lib/changes/last-run';
import { lookAgain, planMutations, runMutations, stopMutations } from '@/lib/client/mutations';
import { MUTATION_CHANGES } from '@/lib/contract/limits';
import type { MutationEnd, MutationOptions, RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { optionsFor, settledKeys } from '@/lib/edit/review';
import { EXPIRED, FIRST, isRefusal, type ReviewAct, type ReviewState, reviewed } from './review-state';

/** Outcomes of a thousand statements are drawn together. */
const DRAW_EVERY_MS = 50;
/** Before the server forgets it. */
const EXPIRES_EARLY_MS = 5_000;

export interface Review {
  readonly state: ReviewState;
  /** Of the queue, those that a plan takes. */
  readonly changes: readonly RowChange[];
  readonly run: (confirmName: string | undefined) => void;
  readonly stop: () => void;
  readonly look: (statements: readonly number[]) => void;
  readonly again: (because: string | null) => void;
}

/** Plans the queue's changes again whenever they or the options change, and runs the plan. */
export function useReview(store: ChangeStore, chosen: MutationOptions, onApplied: () => void): Review {
  const queue = useSyncExternalStore(store.subscribe, store.getQueue, store.getQueue);
  const changes = useMemo(() => queue.changes.slice(0, MUTATION_CHANGES), [queue.changes]);
  const options = useMemo(() => optionsFor(store.table, changes, chosen), [store, changes, chosen]);
  const [state, dispatch] = useReducer(reviewed, FIRST);
  usePlanning(store, { changes, options, state, dispatch });
  const runner = useRunner(store, state, dispatch, onApplied);
  const again = useCallback(
    (because: string | null) => dispatch({ do: 'again', because: state.isExpired ? EXPIRED : because }),
    [state.isExpired],
  );
  return { state, changes, again, ...runner };
}

interface Planning {
  readonly changes: readonly RowChange[];
  readonly options: MutationOptions;
  readonly state: ReviewState;
  readonly dispatch: (act: ReviewAct) => void;
}

function usePlanning(store: ChangeStore, { changes, options, state, dispatch }: Planning): void {
  const { phase, plan } = state;
  const isOver = phase === 'running' || phase === 'ran';
  const planned = useRef<readonly [readonly RowChange[], MutationOptions]>(undefined);
  // What was applied leaves the queue meanwhile, and its outcomes stay in view.
  useEffect(() => {
    const isAsked = phase === 'planning' || planned.current?.[0] !== changes || planned.current[1] !== options;
    if (isOver || !isAsked || changes.length === 0) return;
    if (phase !== 'planning') {
      dispatch({ do: 'plan' });
      return;
    }
    const abort = new AbortController();
    planned.current = [changes, options];
    planMutations(store.place, changes, options, abort.signal).then(
      (next) => !abort.signal.aborted && dispatch({ do: 'planned', plan: next }),
      (error: unknown) => !abort.signal.aborted && dispatch({ do: 'unplanned', error }),
    );
    return () => abort.abort();
  }, [store, changes, options, phase, isOver, dispatch]);
  useEffect(() => {
    if (phase !== 'ready' || plan?.expiresInMs === undefined) return;
    const timer = setTimeout(() => dispatch({ do: 'expire' }), plan.expiresInMs - EXPIRES_EARLY_MS);
    return () => clearTimeout(timer);
  }, [phase, plan, dispatch]);
}

function useRunner(
  store: ChangeStore,
  { plan, outcomes }: ReviewState,
  dispatch: (act: ReviewAct) => void,
  onApplied: () => void,
) {
  const { cluster } = store.place;
  const token = plan?.token ?? null;
  const recorded = useRef<RecordedRun>(undefined);
  /** What is applied leaves the queue; rows that may have changed are read again. */
  const settle = (all: ReadonlyMap<number, StatementOutcome>, isWhole: boolean) => {
    if (plan === null) return;
    const keys = settledKeys(store.table, plan, all);
    if (keys.length > 0) store.act({ do: 'settle', keys });
    recorded.current?.ended(all);
    const ends = [...all.values()].map(({ outcome }) => outcome);
    if (!isWhole || ends.includes('applied') || ends.includes('unknown')) onApplied();
  };
  const run = async (confirmName: string | undefined) => {
    if (token === null || plan === null) return;
    dispatch({ do: 'run' });
    recorded.current = new RecordedRun(store, plan, token);
    const drawn = drawnTogether((some) => dispatch({ do: 'outcomes', outcomes: some }));
    const all = new Map<number, StatementOutcome>();
    const onOutcome = (outcome: StatementOutcome) => {
      all.set(outcome.statement, outcome);
      drawn.add(outcome);
    };
    const ended = await runMutations(cluster, { token, confirmName }, onOutcome).then(
      (end): { end: MutationEnd } => ({ end }),
      (error: unknown) => ({ error }),
    );
    drawn.flush();
    dispatch('end' in ended ? { do: 'end', end: ended.end } : { do: 'break', error: ended.error });
    if ('end' in ended || !isRefusal(ended.error)) settle(all, 'end' in ended);
    else recorded.current.refused();
  };
  const look = async (statements: readonly number[]) => {
    if (token === null) return;
    dispatch({ do: 'look', statements });
    try {
      const looks = await lookAgain(cluster, token, statements);
      dispatch({ do: 'looked', statements, looks });
      settle(new Map([...outcomes, ...looks.outcomes.map((one) => [one.statement, one] as const)]), true);
    } catch (error) {
      dispatch({ do: 'fail', error });
    }
  };
  const stop = async () => {
    if (token === null) return;
    dispatch({ do: 'stop' });
    await stopMutations(cluster, token).catch((error: unknown) => dispatch({ do: 'fail', error }));
  };
  return { run, stop, look };
}

function drawnTogether(draw: (outcomes: readonly StatementOutcome[]) => void) {
  let waiting: StatementOutcome[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const some = waiting;
    waiting = [];
    if (some.length > 0) draw(some);
  };
  return {
    add: (outcome: StatementOutcome) => {
      waiting.push(outcome);
      timer ??= setTimeout(flush, DRAW_EVERY_MS);
    },
    flush,
  };
}
