import 'server-only';
import type { RunPlan } from '@/lib/cassandra/client/run';
import type { each } from '@/lib/contract/endpoints';
import type { EachLine } from '@/lib/contract/parameters';
import { planEach } from '@/lib/each/plan';
import { EachRun } from '@/lib/each/run';
import { eachRuns } from '@/lib/each/runs';
import { linesResponse } from './lines';
import type { RequestContext } from './route';

/**
 * A statement run for each row of a list, as NDJSON. Rows are sent while its reader takes lines, so that nothing piles
 * up; a reader that leaves ends the sending.
 * @param follow the same lines, watched on their way
 * @throws Failure when nothing of it may run
 */
export async function eachResponse(
  { cluster, input, principal, signal }: RequestContext<typeof each.post>,
  follow: (lines: AsyncGenerator<EachLine>, plan: RunPlan) => AsyncGenerator<EachLine>,
): Promise<Response> {
  const plan = await planEach(cluster, input);
  const client = await cluster.client(plan.plan.keyspace);
  const run = new EachRun(plan);
  const end = eachRuns.begin(input.id, () => run.stop(), principal);
  const [release, left] = [cluster.hold(client), new AbortController()];
  const settle = () => {
    release();
    end();
  };
  const lines = run.lines(client, AbortSignal.any([signal, left.signal]));
  const leave = (reason: unknown) => {
    left.abort(reason);
    // A generator that never started has no end of its own.
    settle();
  };
  return linesResponse(settling(follow(lines, plan.plan), settle), leave, () => run.stop());
}

async function* settling(lines: AsyncGenerator<EachLine>, settle: () => void): AsyncGenerator<EachLine> {
  try {
    yield* lines;
  } finally {
    settle();
  }
}
