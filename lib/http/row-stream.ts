import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { Run, RunPage } from '@/lib/cassandra/client/run';
import type { ApiError } from '@/lib/contract/errors';
import type { ControlFrame } from '@/lib/contract/frames';
import { limits } from '@/lib/limits';
import { turn } from '@/lib/turns';
import { pageSteps, parts } from '@/lib/wire/page-steps';
import { TextSink } from '@/lib/wire/sink';
import { ArrayRowWriter } from '@/lib/wire/text-row-writer';
import { NO_STORE, publicError } from './respond';
import { openedAtOnce, telling } from './waiting';

/** A chunk leaves when it holds enough, or at a page's end. */
const CHUNK_BYTES = 64 * 1024;

/**
 * A read as a stream of NDJSON frames. Pull-driven: while nobody takes chunks, no page is asked of Cassandra.
 * Waits for the first page, so that a statement that fails at once is answered with a fitting status and no stream;
 * but a read that has to wait for others says so in a stream, and so does what it fails with after that.
 * @param waitsFor how many other reads it waits for, while it is being opened
 * @param signal aborted when its reader has gone
 * @throws CassandraFailure when the first page cannot be had
 */
export async function rowStreamResponse(
  read: Run | Promise<Run>,
  waitsFor: Run['waitsFor'] = () => null,
  signal?: AbortSignal,
): Promise<Response> {
  const startedAt = performance.now();
  const opened = open(read, startedAt);
  const atOnce = await openedAtOnce(opened, waitsFor);
  const chunks = atOnce === null ? framesAfterWaiting(opened, waitsFor, signal) : frames(atOnce.opened);
  const stop = async (reason: unknown) => {
    try {
      (await read).abort(reason);
      // Frees the source also when no chunk was ever taken: the generator of chunks has not begun then.
      await (await opened).pages.return?.();
    } catch {
      // It could not be opened, or it was stopped before that: there is nothing to let go of.
    }
  };
  return new Response(toStream(chunks, stop), {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE },
  });
}

async function open(opening: Run | Promise<Run>, startedAt: number): Promise<Opened> {
  const read = await opening;
  const pages = read.pages[Symbol.asyncIterator]();
  return { read, pages, first: await pages.next(), startedAt };
}

async function* framesAfterWaiting(
  opened: Promise<Opened>,
  waitsFor: Run['waitsFor'],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let begun: Opened;
  try {
    const reads = waitsFor();
    if (reads !== null) yield waitingChunk(reads);
    begun = yield* telling(opened, waitsFor, waitingChunk);
  } catch (error) {
    // Nobody reads on.
    if (signal?.aborted) return;
    yield chunkOf({ error: { ...failureFrame(error), rows: 0, cursor: null } });
    return;
  }
  yield* frames(begun);
}

function waitingChunk(reads: number): Uint8Array {
  return chunkOf({ waiting: { reads } });
}

/** One step of `chunks` for each chunk taken; a reader that leaves stops the read and frees them, even if `stop` fails. */
export function toStream(
  chunks: AsyncGenerator<Uint8Array>,
  stop: (reason: unknown) => Promise<void> | void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        try {
          await stop(reason);
        } finally {
          await chunks.return(undefined);
        }
      },
    },
    { highWaterMark: 0 },
  );
}

interface Opened {
  readonly read: Run;
  readonly first: IteratorResult<RunPage, void>;
  readonly pages: AsyncIterator<RunPage, void>;
  /** When the first page was asked for, by `performance.now()`. */
  readonly startedAt: number;
}

async function* frames({ read, first, pages, startedAt }: Opened): AsyncGenerator<Uint8Array> {
  const sink = new TextSink();
  let writer: ArrayRowWriter | null = null;
  let last: RunPage | null = null;
  let [rows, pageCount] = [0, 0];
  /** What a reader has as whole pages. */
  let taken: { rows: number; cursor: string | null } = { rows: 0, cursor: null };
  /** A part of a page that has been written, and its page has not ended. */
  let partial: RunPage | null = null;
  try {
    for (let step = first; !step.done; step = yield* telling(pages.next(), read.waitsFor, waitingChunk)) {
      const page = step.value;
      partial = null;
      if (last === null) frame(sink, { header: read.header(page) });
      if (page.columns !== null && page.rows > 0) {
        writer ??= new ArrayRowWriter(page.columns, sink);
        yield* writeRows(writer, page, rows);
      }
      rows += page.rows;
      last = page;
      if (page.endsPage) {
        frame(sink, { page: page.frame });
        taken = { rows, cursor: page.frame.cursor };
        pageCount++;
      } else partial = page;
      yield sink.take();
    }
    const trace = last?.traceId ? await read.trace(last.traceId) : null;
    if (trace !== null) frame(sink, { trace });
    const elapsedMs = performance.now() - startedAt;
    const next = last?.frame.cursor ?? null;
    frame(sink, { end: { rows, pages: pageCount, next, elapsedMs, result: read.resultKind(last) } });
  } catch (error) {
    if (read.signal.aborted) return;
    if (partial !== null) {
      // A page that came in part ends with what came.
      frame(sink, { page: partial.frame });
      taken = { rows, cursor: partial.frame.cursor };
    }
    frame(sink, { error: { ...failureFrame(error), ...taken } });
  } finally {
    await pages.return?.();
  }
  yield sink.take();
}

/** Writes a page's rows, handing over a chunk whenever enough is there; others have a turn after each step. */
async function* writeRows(writer: ArrayRowWriter, page: RunPage, rowsBefore: number): AsyncGenerator<Uint8Array> {
  for (const { chunks } of pageSteps(writer, page, rowsBefore, rowLimit())) {
    for (const chunk of chunks) yield* parts(chunk);
    if (writer.sink.length >= CHUNK_BYTES) yield writer.sink.take();
    await turn();
  }
}

/** What may be said of a failure on the way; the log has the rest. */
function failureFrame(error: unknown): ApiError {
  const failure = toFailure(error);
  if (failure.error.code === 'internal_error') console.error(error);
  return publicError(failure.error);
}

function rowLimit() {
  return {
    bytes: limits().shownRowBytes,
    hint: 'Leave columns out, export the rows, or set RINGSIDE_MAX_SHOWN_ROW_BYTES on the server',
  };
}

function frame(sink: TextSink, value: ControlFrame): void {
  sink.text(`${JSON.stringify(value)}\n`);
}

function chunkOf(value: ControlFrame): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
