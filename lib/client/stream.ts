import type { ApiError } from '@/lib/contract/errors';
import { jsonText } from '@/lib/contract/json';
import { csrfToken } from './csrf';
import { ApiFailure } from './http';
import { RowLines } from './row-lines';
import type { Row, StreamEvent, WireEvent } from './stream-events';
import type { StreamCommand, StreamReport } from './stream-protocol';

export type { Row, StreamEvent };

/** Delivers each of the worker's messages to its stream. */
type Listener = (report: StreamReport) => void;

const listeners = new Map<number, Listener>();
let worker: Worker | undefined;
let lastId = 0;

/**
 * POSTs `body` to an NDJSON route and yields the response page by page, parsed in a worker that reads at most two pages
 * ahead of the caller. Leaving the loop, or aborting `signal`, ends the request immediately; Ringside's server then
 * requests no more pages from Cassandra.
 * @throws ApiFailure when the response is not a stream (refused, unreachable); an aborted `signal` throws its reason.
 */
export async function* openStream(
  path: string,
  body: unknown,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<StreamEvent, void, undefined> {
  signal?.throwIfAborted();
  lastId += 1;
  const id = lastId;
  const reports = new Mailbox();
  const onAbort = () => reports.fail(signal?.reason);
  listeners.set(id, (report) => reports.put(report));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const url = new URL(path, location.href).href;
    send({ type: 'open', id, url, body: jsonText(body), token: csrfToken() });
    for (let report = await reports.take(); report.type !== 'done'; report = await reports.take()) {
      if (report.type === 'refused') throw new ApiFailure(report.error, report.status);
      yield eventOf(report.event);
      if (report.event.kind === 'rows') send({ type: 'taken', id });
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    listeners.delete(id);
    send({ type: 'close', id });
  }
}

function eventOf(event: WireEvent): StreamEvent {
  return event.kind === 'rows' ? { ...event, rows: new RowLines(event.rows) } : event;
}

function send(command: StreamCommand): void {
  worker ??= startWorker();
  worker.postMessage(command);
}

/** One worker as long as the page is open: starting one takes longer than reading a page. */
function startWorker(): Worker {
  const started = new Worker(new URL('./stream.worker.ts', import.meta.url), { type: 'module', name: 'row streams' });
  started.addEventListener('message', ({ data }: MessageEvent<StreamReport>) => listeners.get(data.id)?.(data));
  started.addEventListener('error', (event) => {
    worker = undefined;
    started.terminate();
    const error = { ...WORKER_FAILED, detail: event.message };
    for (const [id, listener] of listeners) listener({ type: 'refused', id, error, status: 0 });
  });
  return started;
}

const WORKER_FAILED: ApiError = {
  code: 'internal_error',
  message: 'The part of this page that reads rows did not start.',
  hint: 'Reload the page: the server may have been updated since it was loaded.',
  retryable: true,
};

/** Reports in order of arrival, taken one at a time; a failure goes ahead of those still waiting. */
class Mailbox {
  private readonly waiting: StreamReport[] = [];
  private failure: { readonly reason: unknown } | undefined;
  private wake: (() => void) | undefined;

  put(report: StreamReport): void {
    this.waiting.push(report);
    this.wake?.();
  }

  fail(reason: unknown): void {
    this.failure = { reason };
    this.wake?.();
  }

  async take(): Promise<StreamReport> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure.reason;
      const report = this.waiting.shift();
      if (report !== undefined) return report;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
