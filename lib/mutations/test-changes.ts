import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { HistoryEntry } from '@/lib/contract/history';
import {
  type MutationLine,
  type MutationPlan,
  type MutationRequest,
  mutationRequestSchema,
  type StatementOutcome,
} from '@/lib/contract/mutations';
import { ANONYMOUS } from '@/lib/contract/principal';
import { planMutations } from './plan';
import { takePlan } from './reviewed';
import { openMutations } from './run';

const signal = new AbortController().signal;

/** Plans changes as the route does. */
export function plan(
  cluster: Cluster,
  asked: MutationRequest,
  history: readonly HistoryEntry[] = [],
): Promise<MutationPlan> {
  const request = mutationRequestSchema.parse(asked);
  return planMutations(cluster, request, { principal: ANONYMOUS, signal, history: () => Promise.resolve(history) });
}

export interface Ran {
  readonly outcomes: readonly StatementOutcome[];
  readonly end: Extract<MutationLine, { readonly end: unknown }>['end'];
  readonly history: readonly HistoryEntry[];
}

/** Runs a plan as the route does, to its end. */
export async function run(cluster: Cluster, { token, confirmName }: MutationPlan): Promise<Ran> {
  if (token === null) throw new Error('there is nothing to run');
  const taken = { token, principal: ANONYMOUS, cluster: cluster.name, confirmName: confirmName ?? undefined };
  const history: HistoryEntry[] = [];
  const keep = (entry: HistoryEntry) => Promise.resolve(void history.push(entry));
  const planned = takePlan({ ...taken, nowMs: Date.now() });
  const outcomes: StatementOutcome[] = [];
  for await (const line of await openMutations(cluster, planned, { principal: ANONYMOUS, signal, keep })) {
    if ('outcome' in line) outcomes.push(line.outcome);
    else if ('end' in line)
      return { outcomes: outcomes.toSorted((a, b) => a.statement - b.statement), end: line.end, history };
  }
  throw new Error('the run has no end');
}
