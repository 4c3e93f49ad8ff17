import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { RunPlan } from '@/lib/cassandra/client/run';
import type { each } from '@/lib/contract/endpoints';
import { jsonText } from '@/lib/contract/json';
import type { EachLine } from '@/lib/contract/parameters';
import { planEach } from '@/lib/each/plan';
import { EachRun } from '@/lib/each/run';
import { eachRuns } from '@/lib/each/runs';
import { NO_STORE, publicError } from './respond';
import type { RequestContext } from './route';
import { toStream } from './row-stream';

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
  const chunks = linesOf(follow(lines, plan.plan), settle);
  const stop = (reason: unknown) => {
    left.abort(reason);
    // A generator that never started has no end of its own.
    settle();
  };
  return new Response(toStream(chunks, stop), {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE },
  });
}

async function* linesOf(lines: AsyncGenerator<EachLine>, settle: () => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const line of lines) yield chunkOf(line);
  } catch (error) {
    const { error: failure } = toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    yield chunkOf({ error: publicError(failure) });
  } finally {
    settle();
  }
}

function chunkOf(line: EachLine): Uint8Array {
  return Buffer.from(`${jsonText(line)}\n`);
}
