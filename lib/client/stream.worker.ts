import { errorBodySchema } from '@/lib/contract/errors';
import { CSRF_HEADER } from './csrf';
import { ApiFailure, failureOf, request } from './http';
import type { LinesOfRows, WireEvent } from './stream-events';
import { createFrameParser } from './stream-parser';
import { PAGES_AHEAD, type StreamCommand, type StreamReport } from './stream-protocol';

/**
 * Reads and parses row streams off the page's main thread. A stream is read at most PAGES_AHEAD pages beyond what the
 * page has taken: the connection's backpressure leaves the rest in Cassandra.
 */

interface OpenStream {
  readonly abort: AbortController;
  pagesAhead: number;
  /** Wakes the reader that waits for pages to be taken. */
  wake: (() => void) | undefined;
}

const streams = new Map<number, OpenStream>();

self.addEventListener('message', ({ data }: MessageEvent<StreamCommand>) => {
  switch (data.type) {
    case 'open':
      void run(data);
      return;
    case 'taken':
      taken(data.id);
      return;
    case 'close':
      close(data.id);
      return;
    default:
      data satisfies never;
  }
});

function report(message: StreamReport, handedOver: Transferable[] = []): void {
  self.postMessage(message, { transfer: handedOver });
}

function taken(id: number): void {
  const stream = streams.get(id);
  if (stream === undefined) return;
  stream.pagesAhead -= 1;
  stream.wake?.();
}

function close(id: number): void {
  const stream = streams.get(id);
  stream?.abort.abort();
  stream?.wake?.();
}

type Opening = Extract<StreamCommand, { type: 'open' }>;

async function run(opening: Opening): Promise<void> {
  const { id } = opening;
  const stream: OpenStream = { abort: new AbortController(), pagesAhead: 0, wake: undefined };
  streams.set(id, stream);
  try {
    await read(opening, stream);
  } catch (cause) {
    // The page aborted this stream, so it no longer listens.
    if (!stream.abort.signal.aborted) refuse(id, cause);
  } finally {
    streams.delete(id);
    report({ type: 'done', id });
  }
}

function refuse(id: number, cause: unknown): void {
  const failure =
    cause instanceof ApiFailure
      ? cause
      : new ApiFailure(
          {
            code: 'internal_error',
            message: 'This page could not read the response.',
            detail: String(cause),
            retryable: false,
          },
          0,
        );
  report({ type: 'refused', id, error: failure.error, status: failure.status });
}

async function read({ id, url, body, token }: Opening, stream: OpenStream): Promise<void> {
  const { signal } = stream.abort;
  const session = token === null ? {} : { [CSRF_HEADER]: token };
  const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson', ...session };
  const response = await request(url, { method: 'POST', body, headers, signal });
  if (!response.ok || response.body === null) throw await failureOf(response, errorBodySchema);
  const parser = createFrameParser();
  const reader = response.body.getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (emit(id, stream, parser.push(chunk.value))) return;
      await room(stream);
    }
    emit(id, stream, parser.finish());
  } catch (cause) {
    if (!signal.aborted) emit(id, stream, parser.finish(cause));
  } finally {
    // Nothing matters after the last frame: release the connection.
    stream.abort.abort();
  }
}

/** Passes events on; true if they included the stream's last one. */
function emit(id: number, stream: OpenStream, events: readonly WireEvent[]): boolean {
  for (const event of events) {
    if (event.kind === 'rows') stream.pagesAhead += 1;
    report({ type: 'event', id, event }, event.kind === 'rows' ? buffersOf(event.rows) : []);
  }
  const last = events.at(-1)?.kind;
  return last === 'end' || last === 'error';
}

/** Transferred, not copied: a page may be megabytes. */
function buffersOf({ bytes, starts, ends }: LinesOfRows): Transferable[] {
  return [bytes.buffer, starts.buffer, ends.buffer];
}

/** Waits until fewer than PAGES_AHEAD pages are untaken, or the stream is closed. */
async function room(stream: OpenStream): Promise<void> {
  while (stream.pagesAhead >= PAGES_AHEAD && !stream.abort.signal.aborted) {
    await new Promise<void>((resolve) => {
      stream.wake = resolve;
    });
  }
}
