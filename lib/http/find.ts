import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import { findIndexes } from '@/lib/cassandra/read/find-indexes';
import { findTable } from '@/lib/cassandra/read/find-places';
import { findTombstones } from '@/lib/cassandra/read/find-tombstones';
import { findWide } from '@/lib/cassandra/read/find-wide';
import type { find } from '@/lib/contract/endpoints';
import type { FindLine, Found } from '@/lib/contract/tables';
import { isStoppedByServer, stoppingFailure } from '@/lib/stopping';
import { NO_STORE, publicError } from './respond';
import type { RequestContext } from './route';
import { toStream } from './to-stream';

const SEARCHES = { wide: findWide, tombstones: findTombstones, indexes: findIndexes } as const;

/**
 * A search of a table as NDJSON: what is found so far, then exactly one `end` or `error`. It stops when its reader leaves.
 * @throws Failure when it cannot start
 */
export async function findResponse({
  cluster,
  params,
  input,
  signal,
}: RequestContext<typeof find.post>): Promise<Response> {
  const left = new AbortController();
  const signals = AbortSignal.any([signal, left.signal]);
  const target = await findTable(cluster, params);
  const search = SEARCHES[input.what](cluster, target, input, signals);
  return new Response(
    toStream(linesOf(search, signals), (reason) => left.abort(reason), {
      onStop: () => left.abort(stoppingFailure()),
    }),
    { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE } },
  );
}

async function* linesOf(
  search: AsyncGenerator<Found, Found, undefined>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const step = await search.next();
      yield lineOf(step.done ? { end: step.value } : { progress: step.value });
      if (step.done) return;
    }
  } catch (error) {
    if (signal.aborted && !isStoppedByServer(signal)) return;
    const { error: failure } = isStoppedByServer(signal) ? stoppingFailure() : toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    yield lineOf({ error: publicError(failure) });
  }
}

function lineOf(value: FindLine): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
