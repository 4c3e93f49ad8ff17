import type {
  MutationEnd,
  MutationLooks,
  MutationOptions,
  MutationPlan,
  RowChange,
  StatementOutcome,
} from '@/lib/contract/mutations';
import { ApiFailure, call } from './http';
import { CUT_OFF, readLines } from './lines';
import type { TablePlace } from './place';

/** The exact statements that make changes of rows. Nothing is written. @throws ApiFailure */
export function planMutations(
  { cluster, keyspace, table }: TablePlace,
  changes: readonly RowChange[],
  options: MutationOptions,
  signal: AbortSignal,
): Promise<MutationPlan> {
  const input = { keyspace, table, changes: [...changes], options };
  return call((to) => to.mutations.post, { cluster, input }, { signal });
}

/**
 * Runs a plan: calls `onOutcome` as statements end. Leaving it does not stop it: {@link stopMutations} does.
 * @throws ApiFailure when it is refused, or cut off before its end
 */
export async function runMutations(
  cluster: string,
  { token, confirmName }: { readonly token: string; readonly confirmName: string | undefined },
  onOutcome: (outcome: StatementOutcome) => void,
): Promise<MutationEnd> {
  const input = { token, ...(confirmName === undefined ? {} : { confirmName }) };
  for await (const line of readLines((to) => to.mutationRun.post, { cluster, input }, new AbortController().signal)) {
    if ('outcome' in line) onOutcome(line.outcome);
    else if ('end' in line) return line.end;
    else throw new ApiFailure(line.error, 0);
  }
  throw new ApiFailure(CUT_OFF, 0);
}

/** Sends no more statements of a run; its outcomes go on coming. @throws ApiFailure */
export async function stopMutations(cluster: string, token: string): Promise<void> {
  await call((to) => to.mutationStop.post, { cluster, input: { token } });
}

/** What is known by now of statements of a run; unknown ones are looked at again. @throws ApiFailure */
export function lookAgain(cluster: string, token: string, statements: readonly number[]): Promise<MutationLooks> {
  return call((to) => to.mutationLook.post, { cluster, input: { token, statements: [...statements] } });
}
