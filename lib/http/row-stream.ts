import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { Run, RunPage, WaitedFor } from '@/lib/cassandra/client/run';
import type { ApiError } from '@/lib/contract/errors';
import type { ControlFrame, HeaderFrame } from '@/lib/contract/frames';
import { limits } from '@/lib/limits';
import { isStoppedByServer, stoppingFailure } from '@/lib/stopping';
import { turn } from '@/lib/turns';
import { pageSteps, parts } from '@/lib/wire/page-steps';
import { TextSink } from '@/lib/wire/sink';
import { ArrayRowWriter } from '@/lib/wire/text-row-writer';
import { noteInAudit } from './audit';
import { NO_STORE, publicError } from './respond';
import { toStream } from './to-stream';
import { openedAtOnce, telling } from './waiting';

/** A chunk is sent when it is large enough, or at the end of a page. */
const CHUNK_BYTES = 64 * 1024;

/**
 * A read as a stream of NDJSON frames. Pull-driven: while nobody takes chunks, no pages are requested from Cassandra.
 * Waits for the first page, so that a statement that fails immediately gets an error status and no stream; but a read
 * that has to wait for others says so in a stream, which also reports any failure after that.
 * @param waitsFor what it waits for while it is being opened
 * @param signal aborted when its reader leaves
 * @throws Failure when the first page fails
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
      // Frees the source even if no chunk was ever taken, when the generator of chunks has not started.
      await (await opened).pages.return?.();
    } catch {
      // It failed to open or was stopped before that: there is nothing to release.
    }
  };
  return new Response(toStream(chunks, stop, atStop(read)), {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE },
  });
}

/** A read ends when the server stops. A write that was sent cannot be taken back: its outcome is waited for. */
function atStop(read: Run | Promise<Run>) {
  let known: Run | null = null;
  Promise.resolve(read).then(
    (run) => {
      known = run;
    },
    () => undefined,
  );
  // Only reads wait before they are open.
  const isRead = () => known?.isRead !== false;
  return { finishes: () => !isRead(), onStop: () => void (isRead() && known?.abort(stoppingFailure())) };
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
    const waited = waitsFor();
    if (waited !== null) yield waitingChunk(waited);
    begun = yield* telling(opened, waitsFor, waitingChunk);
  } catch (error) {
    // Nobody reads any further.
    if (signal?.aborted) return;
    yield chunkOf({ error: { ...failureFrame(error), rows: 0, cursor: null } });
    return;
  }
  yield* frames(begun);
}

function waitingChunk(waited: WaitedFor): Uint8Array {
  return chunkOf(typeof waited === 'number' ? { waiting: { reads: waited } } : { agreement: waited });
}

interface Opened {
  readonly read: Run;
  readonly first: IteratorResult<RunPage, void>;
  readonly pages: AsyncIterator<RunPage, void>;
  /** When the first page was requested, by `performance.now()`. */
  readonly startedAt: number;
}

async function* frames({ read, first, pages, startedAt }: Opened): AsyncGenerator<Uint8Array> {
  const sink = new TextSink();
  let writer: ArrayRowWriter | null = null;
  let last: RunPage | null = null;
  let [rows, pageCount] = [0, 0];
  /** Rows in complete pages sent so far. */
  let taken: { rows: number; cursor: string | null } = { rows: 0, cursor: null };
  /** The latest part of a page that has not ended. */
  let partial: RunPage | null = null;
  try {
    for (let step = first; !step.done; step = yield* telling(pages.next(), read.waitsFor, waitingChunk)) {
      const page = step.value;
      partial = null;
      if (last === null) frame(sink, { header: noted(read.header(page)) });
      if (page.columns !== null && page.rows > 0) {
        writer ??= new ArrayRowWriter(page.columns, sink);
        yield* writeRows(writer, page, rows);
      }
      rows += page.rows;
      last = page;
      if (page.endsPage) {
        frame(sink, { page: page.frame });
        taken = { rows, cursor: page.frame.cursor };
        noteInAudit({ rows, coordinators: [page.frame.coordinator] });
        pageCount++;
      } else partial = page;
      yield sink.take();
    }
    const elapsedMs = performance.now() - startedAt;
    const next = last?.frame.cursor ?? null;
    const agreement = last?.agreement === undefined ? {} : { agreement: last.agreement };
    frame(sink, { end: { rows, pages: pageCount, next, elapsedMs, result: read.resultKind(last), ...agreement } });
  } catch (error) {
    // Nobody reads any further, unless it was the server that stopped it.
    if (read.signal.aborted && !isStoppedByServer(read.signal)) return;
    if (partial !== null) {
      // A partial page ends with the rows that arrived.
      frame(sink, { page: partial.frame });
      taken = { rows, cursor: partial.frame.cursor };
      noteInAudit({ rows, coordinators: [partial.frame.coordinator] });
    }
    frame(sink, { error: { ...failureFrame(error), ...taken } });
  } finally {
    await pages.return?.();
  }
  yield sink.take();
}

function noted(header: HeaderFrame): HeaderFrame {
  noteInAudit({ built: header.statement, consistency: header.consistency });
  return header;
}

/** Writes a page's rows, yielding a chunk whenever it is large enough, and to other work after each step. */
async function* writeRows(writer: ArrayRowWriter, page: RunPage, rowsBefore: number): AsyncGenerator<Uint8Array> {
  for (const { chunks } of pageSteps(writer, page, rowsBefore, rowLimit())) {
    for (const chunk of chunks) yield* parts(chunk);
    if (writer.sink.length >= CHUNK_BYTES) yield writer.sink.take();
    await turn();
  }
}

/** The public part of a failure midway; the log has the rest. */
function failureFrame(error: unknown): ApiError {
  const failure = toFailure(error);
  if (failure.error.code === 'internal_error') console.error(error);
  noteInAudit({ error: failure.error.code });
  return publicError(failure.error);
}

function rowLimit() {
  return {
    bytes: limits().shownRowBytes,
    hint: 'Leave columns out, export the rows, or raise RINGSIDE_MAX_SHOWN_ROW_BYTES on the server',
  };
}

function frame(sink: TextSink, value: ControlFrame): void {
  sink.text(`${JSON.stringify(value)}\n`);
}

function chunkOf(value: ControlFrame): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
