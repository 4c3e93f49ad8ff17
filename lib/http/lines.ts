import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { ApiError } from '@/lib/contract/errors';
import { jsonText } from '@/lib/contract/json';
import { NO_STORE, publicError } from './respond';
import { toStream } from './row-stream';

/**
 * Lines as NDJSON, the last of which is an error where they fail. They are taken while somebody reads.
 * @param onLeave when the reader leaves before the end, also before the first line
 */
export function linesResponse(lines: AsyncIterable<unknown>, onLeave: (reason: unknown) => void): Response {
  return new Response(toStream(chunksOf(lines), onLeave), {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE },
  });
}

async function* chunksOf(lines: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const line of lines) yield chunkOf(line);
  } catch (error) {
    const { error: failure } = toFailure(error);
    if (failure.code === 'internal_error') console.error(error);
    yield chunkOf({ error: publicError(failure) } satisfies { error: ApiError });
  }
}

function chunkOf(line: unknown): Uint8Array {
  return Buffer.from(`${jsonText(line)}\n`);
}
