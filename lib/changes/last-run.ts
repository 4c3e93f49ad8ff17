import { ApiFailure } from '@/lib/client/http';
import { lookAgain } from '@/lib/client/mutations';
import type { MutationLooks, MutationPlan, RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { type ChangeEnding, type EndingRun, type Endings, endingAfterLook, planEndings } from '@/lib/edit/ending';
import { idOf } from '@/lib/edit/queue';
import { keyText } from '@/lib/edit/table';
import type { ChangeStore } from './change-store';

/** A run of a plan, as its store remembers it: how each change ended that was not applied. */
export class RecordedRun {
  readonly #store: ChangeStore;
  readonly #plan: MutationPlan;
  readonly #token: string;
  /** The queue's own changes by where the plan has them: one that is edited during the run is another one. */
  readonly #changes: ReadonlyMap<number, RowChange>;
  /** How they had ended before. */
  readonly #before: Endings;

  /** Begins: until its outcomes arrive every change may have been applied, also when the page is closed meanwhile. */
  constructor(store: ChangeStore, plan: MutationPlan, token: string) {
    const waiting = new Map(store.getQueue().changes.map((change) => [idOf(store.table, change), change]));
    this.#changes = new Map(
      plan.changes.flatMap((change, index) => {
        const own = waiting.get(idOf(store.table, change));
        return own === undefined ? [] : [[index, own] as const];
      }),
    );
    this.#store = store;
    this.#plan = plan;
    this.#token = token;
    this.#before = store.getStanding().endings;
    this.ended(new Map());
  }

  /** What is known by now; a statement without outcome may have been applied. */
  ended(outcomes: ReadonlyMap<number, StatementOutcome>): void {
    const facts = { at: new Date().toISOString(), token: this.#token };
    const endings = planEndings(this.#plan, outcomes, facts);
    this.#store.end(new Map([...this.#changes].map(([index, change]) => [change, endings.get(index)])));
  }

  /** It was refused as a whole, before anything was sent. */
  refused(): void {
    this.#store.end(new Map([...this.#changes.values()].map((change) => [change, this.#before.get(change)])));
  }
}

/**
 * Looks again at changes that may have been applied, where their runs are still kept. Those that were applied leave the queue.
 * @returns how many did
 * @throws ApiFailure
 */
export async function lookAtLast(store: ChangeStore, changes: readonly RowChange[]): Promise<number> {
  const { endings } = store.getStanding();
  const byToken = new Map<string, Looked[]>();
  for (const change of changes) {
    const ending = endings.get(change);
    if (ending?.run === undefined) continue;
    byToken.set(ending.run.token, [...(byToken.get(ending.run.token) ?? []), { change, ending, run: ending.run }]);
  }
  let applied = 0;
  for (const [token, looked] of byToken) {
    const statements = [...new Set(looked.flatMap(({ run }) => run.statements))];
    const looks = await looksOf(store.place.cluster, token, statements);
    applied += settle(store, new Map(looked.map((one) => [one.change, endingAfter(one, looks)])));
  }
  return applied;
}

interface Looked {
  readonly change: RowChange;
  readonly ending: ChangeEnding;
  readonly run: EndingRun;
}

/** Why there is nothing to look at, as text, where the run is no longer kept. */
async function looksOf(cluster: string, token: string, statements: readonly number[]): Promise<MutationLooks | string> {
  try {
    return await lookAgain(cluster, token, statements);
  } catch (error) {
    if (error instanceof ApiFailure && error.error.code === 'not_found') return error.error.message;
    throw error;
  }
}

function endingAfter({ ending, run }: Looked, looks: MutationLooks | string): ChangeEnding | undefined {
  if (typeof looks !== 'string') return endingAfterLook(run, looks, ending.at);
  const { outcome, at } = ending;
  return { outcome, at, message: `It may have been applied. ${looks} The history has its statements.` };
}

/** @param endings by change; undefined: it was applied */
function settle(store: ChangeStore, endings: ReadonlyMap<RowChange, ChangeEnding | undefined>): number {
  const applied = [...endings].flatMap(([change, ending]) => (ending === undefined ? [change] : []));
  const isApplied = new Set(applied);
  // A range and the static columns of its partition have one key: both stay where one does.
  const others = store.getQueue().changes.filter((change) => !isApplied.has(change));
  const staying = new Set(others.map(({ key }) => keyText(store.table, key)));
  const keys = applied.map(({ key }) => key).filter((key) => !staying.has(keyText(store.table, key)));
  if (keys.length > 0) store.act({ do: 'settle', keys });
  store.end(endings);
  return keys.length;
}
