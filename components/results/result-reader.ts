import { ApiFailure } from '@/lib/client/http';
import { openStream, type Row, type StreamEvent } from '@/lib/client/stream';
import type { ApiError } from '@/lib/contract/errors';
import { type Anchor, markAt } from '@/lib/grid/page-marks';
import {
  emptyWindow,
  missingPages,
  type PageWindow,
  type RowRange,
  type WindowAction,
  windowReducer,
} from '@/lib/grid/page-window';
import { NOT_READ, type Reading, type ReadingEvent, type ReadMode, readingReducer } from './reading';
import { type ResultSource, requestAt, startOf } from './source';

export interface ResultState {
  readonly reading: Reading;
  readonly window: PageWindow<Row>;
  /** Why rows that were dropped from memory could not be read again. */
  readonly refillError: ApiError | null;
}

/** Pages read without anybody scrolling: enough to fill a view with short pages, then it is a person's choice. */
const PAGES_UNASKED = 4;

/**
 * Reads one result as far as it is asked to, and keeps a window of its pages. It starts nothing by itself before
 * `start`; `dispose` ends what is under way. Components follow it by `subscribe` and `getState`.
 */
export class ResultReader {
  private state: ResultState;
  private readonly listeners = new Set<() => void>();
  private reading: AbortController | undefined;
  private refilling: { readonly page: number; readonly abort: AbortController } | undefined;
  private unasked = 0;
  /** Apart from the state: scrolling over rows that are there changes nothing that listeners show. */
  private viewed: RowRange = { first: 0, last: 0 };
  private frame: number | undefined;

  constructor(readonly source: ResultSource) {
    this.state = { reading: NOT_READ, window: emptyWindow(startOf(source)), refillError: null };
  }

  readonly getState = (): ResultState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Reads the first page, unless it was begun already. */
  start(): void {
    if (this.state.reading.phase === 'idle') void this.read('page');
  }

  /** Reads without stopping until the end. */
  readOn(): void {
    void this.read('on');
  }

  /** Goes on where it was stopped or failed, in the way it was going. */
  resume(): void {
    void this.read(this.state.reading.mode);
  }

  /** Ends the request at once. What was read stays. */
  stop(): void {
    this.reading?.abort();
    this.tell({ type: 'stop' });
  }

  dispose(): void {
    this.reading?.abort();
    this.refilling?.abort.abort();
    this.tell({ type: 'stop' });
  }

  /** The rows in view now: reads again what was dropped there, and the next page when its end comes near. */
  view(view: RowRange): void {
    if (view.first !== this.viewed.first) this.unasked = 0;
    this.viewed = view;
    this.refill();
    this.readIfNear();
  }

  retryRefill(): void {
    this.set({ refillError: null });
    this.refill();
  }

  private readIfNear(): void {
    const { reading, window } = this.state;
    const { first, last } = this.viewed;
    const near = window.marks.rowCount - last <= 2 * (last - first);
    if (reading.phase !== 'paused' || !near || this.unasked >= PAGES_UNASKED) return;
    this.unasked += 1;
    void this.read('page');
  }

  private async read(mode: ReadMode): Promise<void> {
    const anchor = this.state.window.next;
    const { phase, pages } = this.state.reading;
    if (anchor === null || phase === 'reading' || phase === 'complete') return;
    if (!this.source.repeatable && (pages > 0 || phase !== 'idle')) return;
    const abort = new AbortController();
    this.reading = abort;
    this.tell({ type: 'ask', mode, nowMs: Date.now() });
    try {
      const request = requestAt(this.source, anchor, mode === 'on' ? 0 : 1);
      for await (const event of openStream(this.source.path, request, { signal: abort.signal })) this.take(event);
    } catch (cause) {
      if (!abort.signal.aborted) this.fail(cause);
    }
    this.readIfNear();
  }

  private take(event: StreamEvent): void {
    if (event.kind === 'rows') {
      const { rows, page } = event;
      this.change({ type: 'append', rows, bytes: page.bytes, next: anchorOf(page.cursor) });
    }
    this.tell(readingEventOf(event));
  }

  private fail(cause: unknown): void {
    const error = errorOf(cause);
    const status = cause instanceof ApiFailure ? cause.status : undefined;
    this.tell({ type: 'fail', error, disconnected: isDisconnected(error, status) });
  }

  /** Reads dropped pages of the view again, one at a time, the middle one first. */
  private refill(): void {
    const missing = missingPages(this.state.window, this.viewed);
    if (this.refilling !== undefined) {
      if (missing.includes(this.refilling.page)) return;
      this.refilling.abort.abort();
      this.refilling = undefined;
    }
    const page = missing[0];
    if (page !== undefined && this.state.refillError === null) void this.readAgain(page);
  }

  private async readAgain(page: number): Promise<void> {
    const mark = markAt(this.state.window.marks, page);
    if (mark === undefined) return;
    const abort = new AbortController();
    this.refilling = { page, abort };
    try {
      const request = requestAt(this.source, mark.anchor, 1);
      for await (const event of openStream(this.source.path, request, { signal: abort.signal })) {
        if (event.kind === 'rows') this.change({ type: 'refill', page, rows: event.rows });
        if (event.kind === 'error') this.set({ refillError: event.error });
      }
    } catch (cause) {
      if (abort.signal.aborted) return;
      this.set({ refillError: errorOf(cause) });
    }
    if (this.refilling?.abort !== abort) return;
    this.refilling = undefined;
    this.refill();
  }

  private tell(event: ReadingEvent): void {
    this.set({ reading: readingReducer(this.state.reading, event) });
  }

  private change(action: WindowAction<Row>): void {
    const window = windowReducer(this.state.window, { type: 'view', view: this.viewed });
    this.set({ window: windowReducer(window, action) });
  }

  /** Listeners hear of it once a frame, however many pages came in it. */
  private set(change: Partial<ResultState>): void {
    this.state = { ...this.state, ...change };
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      for (const listener of this.listeners) listener();
    });
  }
}

function readingEventOf(event: StreamEvent): ReadingEvent {
  switch (event.kind) {
    case 'header':
      return { type: 'header', header: event.header };
    case 'rows':
      return { type: 'page', page: event.page, rows: event.rows, nowMs: Date.now() };
    case 'trace':
      return { type: 'trace', trace: event.trace };
    case 'end':
      return { type: 'end', end: event.end };
    case 'error':
      return { type: 'fail', error: event.error, disconnected: isDisconnected(event.error, undefined) };
    default:
      return event satisfies never;
  }
}

function anchorOf(cursor: string | null): Anchor | null {
  return cursor === null ? null : { kind: 'cursor', cursor };
}

function errorOf(cause: unknown): ApiError {
  if (cause instanceof ApiFailure) return cause.error;
  return {
    code: 'internal_error',
    message: 'This page failed while reading.',
    detail: String(cause),
    retryable: false,
  };
}

/** Neither Ringside's server nor Cassandra can be reached: worth trying again by itself until it can. */
function isDisconnected(error: ApiError, status: number | undefined): boolean {
  return status === 0 || error.code === 'cluster_unreachable';
}
