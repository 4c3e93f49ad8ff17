import 'server-only';
import type { Cluster } from '@/lib/cassandra/cluster';
import { toFailure } from '@/lib/cassandra/errors';
import type { CountLine } from '@/lib/contract/scans';
import { type Count, type CountAsked, openCount } from '@/lib/export/count';
import { NO_STORE, publicError } from './respond';
import { toStream } from './row-stream';

/**
 * A count as NDJSON: progress, then exactly one `end` or `error`. A reader that leaves stops it.
 * @throws CassandraFailure when it cannot begin
 */
export async function countResponse(cluster: Cluster, asked: CountAsked, signal: AbortSignal): Promise<Response> {
  const startedAt = performance.now();
  const count = await openCount(cluster, asked, signal);
  return new Response(
    toStream(lines(count, startedAt), (reason) => count.scan.abort(reason)),
    { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE } },
  );
}

async function* lines(count: Count, startedAt: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const line = (value: CountLine) => encoder.encode(`${JSON.stringify(value)}\n`);
  const progress = count.run();
  try {
    for (;;) {
      const step = await progress.next();
      if (step.done) {
        const elapsedMs = performance.now() - startedAt;
        yield line({ end: { rows: step.value, elapsedMs, statement: count.statement } });
        return;
      }
      yield line({ progress: step.value });
    }
  } catch (error) {
    if (count.scan.signal.aborted) return;
    const { error: failure } = toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    yield line({ error: publicError(failure) });
  } finally {
    await progress.return(0);
  }
}
