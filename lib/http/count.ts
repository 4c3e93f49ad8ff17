import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { count } from '@/lib/contract/endpoints';
import type { CountLine } from '@/lib/contract/scans';
import { type Count, openCount } from '@/lib/export/count';
import { progressBefore } from '@/lib/scan/scan';
import { isStoppedByServer, stoppingFailure } from '@/lib/stopping';
import { noteInAudit } from './audit';
import { NO_STORE, publicError } from './respond';
import type { RequestContext } from './route';
import { toStream } from './to-stream';
import { openedAtOnce, telling } from './waiting';

/**
 * A count as NDJSON: progress, then exactly one `end` or `error`. It stops when its reader leaves.
 * @throws Failure when it cannot start, unless it first had to wait for other reads
 */
export async function countResponse({
  cluster,
  input,
  principal,
  rights,
  signal,
}: RequestContext<typeof count.post>): Promise<Response> {
  const startedAt = performance.now();
  const [reader, left] = [cluster.reads.reader(), new AbortController()];
  const signals = AbortSignal.any([signal, left.signal]);
  const opening = openCount(cluster, input, principal, signals, reader, rights);
  const atOnce = await openedAtOnce(opening, reader.waitsFor);
  const waiting = () => lineOf({ progress: progressBefore(reader) });
  const chunks = linesOf(
    async function* () {
      if (atOnce !== null) return atOnce.opened;
      yield waiting();
      return yield* telling(opening, reader.waitsFor, waiting);
    },
    { startedAt, signal: signals },
  );
  return new Response(
    toStream(chunks, (reason) => left.abort(reason), {
      onStop: () => left.abort(stoppingFailure()),
    }),
    { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE } },
  );
}

async function* linesOf(
  open: () => AsyncGenerator<Uint8Array, Count>,
  { startedAt, signal }: { readonly startedAt: number; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  try {
    const count = yield* open();
    const rows = yield* progressLines(count);
    noteInAudit({ rows, built: count.statement });
    yield lineOf({ end: { rows, elapsedMs: performance.now() - startedAt, statement: count.statement } });
  } catch (error) {
    if (signal.aborted && !isStoppedByServer(signal)) return;
    const { error: failure } = isStoppedByServer(signal) ? stoppingFailure() : toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    noteInAudit({ error: failure.code });
    yield lineOf({ error: publicError(failure) });
  }
}

async function* progressLines(count: Count): AsyncGenerator<Uint8Array, number> {
  const progress = count.run();
  try {
    for (;;) {
      const step = await progress.next();
      if (step.done) return step.value;
      yield lineOf({ progress: step.value });
    }
  } finally {
    await progress.return(0);
  }
}

function lineOf(value: CountLine): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
