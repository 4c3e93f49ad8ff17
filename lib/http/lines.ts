import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { ApiError } from '@/lib/contract/errors';
import { jsonText } from '@/lib/contract/json';
import { stoppingFailure } from '@/lib/stopping';
import { noteInAudit } from './audit';
import { NO_STORE, publicError } from './respond';
import { toStream } from './to-stream';

/**
 * Lines as NDJSON, the last of which is an error where they fail. They are taken while somebody reads.
 * @param onLeave when the reader leaves before the end, also before the first line
 * @param onStop when the server stops: of lines that report writes, to send no more of them
 */
export function linesResponse(
  lines: AsyncIterable<unknown>,
  onLeave: (reason: unknown) => void,
  onStop?: () => void,
): Response {
  const options =
    onStop === undefined ? { onStop: () => onLeave(stoppingFailure()) } : { onStop, finishes: () => true };
  return new Response(toStream(chunksOf(lines), onLeave, options), {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE },
  });
}

async function* chunksOf(lines: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const line of lines) yield chunkOf(line);
  } catch (error) {
    const { error: failure } = toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    noteInAudit({ error: failure.code });
    yield chunkOf({ error: publicError(failure) } satisfies { error: ApiError });
  }
}

function chunkOf(line: unknown): Uint8Array {
  return Buffer.from(`${jsonText(line)}\n`);
}
