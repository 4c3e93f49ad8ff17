import { openStream, type Row, type StreamEvent } from '@/lib/client/stream';
import type { ApiError } from '@/lib/contract/errors';
import { type PageWindow, type RowView, windowReducer } from '@/lib/grid/page-window';
import { type Coverage, cover } from '@/lib/ring/rail-coverage';
import type { TokenRange } from '@/lib/ring/ranges';
import { FrameNotifier } from './frame-notifier';
import { type Direction, endEvent, endsOf, eventOf, failureEvent, nearEnds, StreamFailure } from './read-events';
import { NOT_READ, type Reading, type ReadingEvent, type ReadMode, readingReducer } from './reading';
import { Refiller } from './refiller';
import { keyOfRows } from './row-key';
import { positionIn, type RowPosition } from './row-position';
import { isBarren, isReady, landingOf, openSegment, type Segment, sampleOf, takeAbove, takeBelow } from './segment';
import { type ReadPlace, type ResultSource, requestAt, START } from './source';

export interface ResultState {
  readonly reading: Reading;
  readonly window: PageWindow<Row>;
  /** Where to scroll to, by row of the window, each time that its rows are those of another place. */
  readonly landing: { readonly id: number; readonly row: number; readonly end: boolean };
  /** What was read of the ring, at any place. */
  readonly coverage: Coverage;
  /** Why rows that were dropped from memory could not be read again. */
  readonly refillError: ApiError | null;
}

/** Pages read without anybody scrolling: enough to fill a view with short pages, then it is a person's choice. */
const PAGES_UNASKED = 4;

/**
 * Reads one result as far as it is asked to, down and up from one place, and keeps a window of its pages. It starts
 * nothing by itself before `start`; `dispose` ends what is under way. Components follow it by `subscribe` and `getState`.
 */
export class ResultReader {
  private state: ResultState;
  private shown: Segment;
  /** Another place, read until its first rows can take the place of those that are shown. */
  private incoming: Segment | null;
  private readonly notifier = new FrameNotifier();
  private readonly viewListeners = new Set<() => void>();
  private reading: AbortController | undefined;
  private direction: Direction = 'down';
  /** Reading on was put off for rows above. */
  private goesOn = false;
  private readonly refiller: Refiller;
  private unasked = 0;
  /** Apart from the state: scrolling over rows that are there changes nothing that listeners show. */
  private viewed: RowView = { first: 0, last: 0, top: 0 };
  private keyOf = (_: Row): string => '';

  constructor(readonly source: ResultSource) {
    this.shown = openSegment(source, source.start ?? START);
    this.incoming = this.shown;
    this.refiller = new Refiller({
      source,
      shown: () => ({ window: this.shown.window, view: this.viewed }),
      put: (page, rows) => this.putBack(page, rows),
      fail: (refillError) => this.set({ refillError }),
    });
    const { window } = this.shown;
    this.state = {
      ...{ reading: NOT_READ, window, coverage: [], refillError: null },
      landing: { id: 0, row: 0, end: false },
    };
  }

  readonly getState = (): ResultState => this.state;

  readonly subscribe = (listener: () => void) => this.notifier.subscribe(listener);

  /** Rows in view, the few drawn beyond the edges included. */
  readonly getView = (): RowView => this.viewed;

  readonly subscribeView = (listener: () => void): (() => void) => {
    this.viewListeners.add(listener);
    return () => this.viewListeners.delete(listener);
  };

  positionOf(row: number): RowPosition | null {
    return positionIn(this.shown.window, row, this.keyOf);
  }

  /** False while rows of another place are awaited. */
  get isSettled(): boolean {
    return this.incoming === null;
  }

  /** Reads the first page, unless it was begun already. */
  start(): void {
    if (this.state.reading.phase === 'idle') void this.read('page', this.firstDirection());
  }

  /** Reads from another place on; the rows that are shown stay until those are there. */
  go(place: ReadPlace): void {
    if (!this.source.repeatable) return;
    const begun = this.state.reading.phase !== 'idle';
    this.reading?.abort();
    this.incoming = openSegment(this.source, place);
    this.goesOn = false;
    this.unasked = 0;
    this.tell({ type: 'rest', more: endsOf(this.incoming) });
    if (begun) void this.read('page', this.firstDirection());
  }

  /** Reads without stopping until the end, or where that is known already, until the beginning. */
  readOn(): void {
    void this.read('on', this.firstDirection());
  }

  /** Goes on where it was stopped or failed, in the way it was going. */
  resume(): void {
    void this.read(this.state.reading.mode, this.direction);
  }

  /** Ends the request at once. What was read stays. */
  stop(): void {
    this.goesOn = false;
    this.reading?.abort();
    this.tell({ type: 'stop' });
  }

  dispose(): void {
    this.refiller.stop();
    this.stop();
  }

  /** The rows in view now: reads again what was dropped there, and more when an end of the rows comes near. */
  view(view: RowView): void {
    if (view.first !== this.viewed.first) this.unasked = 0;
    this.viewed = view;
    for (const listener of this.viewListeners) listener();
    if (this.state.refillError === null) this.refiller.check();
    this.readIfNear();
  }

  retryRefill(): void {
    this.set({ refillError: null });
    this.refiller.check();
  }

  private get target(): Segment {
    return this.incoming ?? this.shown;
  }

  private firstDirection(): Direction {
    return this.target.window.next === null ? 'up' : 'down';
  }

  private readIfNear(): void {
    const { phase, mode } = this.state.reading;
    if (this.incoming !== null) {
      this.readOnTo(this.incoming);
      return;
    }
    const { below, above } = nearEnds(this.shown.window, this.viewed);
    if (phase === 'reading' && mode === 'on' && this.direction === 'down' && above && this.unasked < PAGES_UNASKED) {
      this.reading?.abort();
      this.tell({ type: 'rest', more: endsOf(this.shown) });
      this.unasked += 1;
      void this.read('page', 'up');
      this.goesOn = true;
      return;
    }
    if (phase !== 'paused') return;
    if (this.goesOn && (!above || this.unasked >= PAGES_UNASKED)) {
      this.goesOn = false;
      void this.read('on', 'down');
    } else if ((below || above) && this.unasked < PAGES_UNASKED) {
      this.unasked += 1;
      void this.read('page', below ? 'down' : 'up');
    }
  }

  /** Goes on until the place can be shown. */
  private readOnTo(incoming: Segment): void {
    if (this.state.reading.phase !== 'paused') return;
    if (incoming.window.marks.rowCount === 0) this.unasked += 1;
    if (this.unasked > PAGES_UNASKED) this.land(incoming);
    else void this.read('page', this.firstDirection());
  }

  private async read(mode: ReadMode, direction: Direction): Promise<void> {
    const { phase, pages } = this.state.reading;
    const { next, prior } = this.target.window;
    if ((direction === 'down' ? next : prior) === null || phase === 'reading' || phase === 'complete') return;
    if (!this.source.repeatable && (pages > 0 || phase !== 'idle')) return;
    const abort = new AbortController();
    this.reading = abort;
    this.direction = direction;
    this.tell({ type: 'ask', mode, nowMs: Date.now() });
    try {
      if (direction === 'down') await this.readDown(mode, abort.signal);
      else await this.readUp(mode, abort.signal);
    } catch (cause) {
      if (!abort.signal.aborted) this.tell(failureEvent(cause));
    }
    if (this.reading === abort) this.readIfNear();
  }

  private async readDown(mode: ReadMode, signal: AbortSignal): Promise<void> {
    const { next } = this.target.window;
    if (next === null) return;
    const request = requestAt(this.source, next, mode === 'on' ? 0 : 1);
    for await (const event of openStream(this.source.path, request, { signal })) {
      if (event.kind === 'error') throw new StreamFailure(event.error);
      this.follow(event, 'down');
      if (event.kind !== 'rows') continue;
      const { segment, range } = takeBelow(this.viewedTarget(), { rows: event.rows, frame: event.page }, this.keyOf);
      this.take(segment, range);
    }
  }

  private async readUp(mode: ReadMode, signal: AbortSignal): Promise<void> {
    // Most tables are read from the start: what reads upwards comes when it is needed.
    const { readAbove } = await import('./read-above');
    signal.throwIfAborted();
    do {
      const above = readAbove(this.target, {
        ...{ source: this.source, keyOf: (row) => this.keyOf(row), signal, sample: this.state.reading.sample },
        onEvent: (event) => this.follow(event, 'up'),
      });
      for await (const pages of above) this.take(takeAbove(this.viewedTarget(), pages), pages.range);
    } while (mode === 'on' && this.target.window.prior !== null);
    this.tell(endEvent('rows', this.target));
  }

  private follow(event: StreamEvent, direction: Direction): void {
    if (event.kind === 'header') this.keyOf = keyOfRows(event.header, this.source.order);
    const told = eventOf(event, direction, this.target);
    if (told !== null) this.tell(told);
  }

  /** Takes a page over: into the rows that are shown, or, once its place is reached, instead of them. */
  private take(segment: Segment, range: TokenRange | null): void {
    const coverage = range === null ? this.state.coverage : cover(this.state.coverage, range);
    this.tell({ type: 'sample', sample: sampleOf(segment) });
    this.set({ coverage }, true);
    if (this.incoming === null) this.show(segment, true);
    else if (isReady(segment)) this.land(segment);
    else this.incoming = segment;
    if (isBarren(segment)) this.go(START);
  }

  private show(segment: Segment, canWait = false): void {
    this.shown = segment;
    this.set({ window: segment.window }, canWait);
  }

  /** Shows the rows of another place than before. */
  private land(segment: Segment): void {
    this.incoming = null;
    this.refiller.stop();
    const { row, end } = landingOf(segment);
    const drawn = this.viewed.last - this.viewed.first;
    const first = end ? row - drawn : row;
    this.viewed = { first, last: first + drawn, top: first };
    this.set({ landing: { id: this.state.landing.id + 1, row, end } });
    this.show(segment);
  }

  /** The segment that is read into, with the view that decides which of its pages stay in memory. */
  private viewedTarget(): Segment {
    if (this.incoming !== null) return this.incoming;
    return { ...this.shown, window: windowReducer(this.shown.window, { type: 'view', view: this.viewed }) };
  }

  private putBack(page: number, rows: readonly Row[]): void {
    const viewed = windowReducer(this.shown.window, { type: 'view', view: this.viewed });
    this.show({ ...this.shown, window: windowReducer(viewed, { type: 'refill', page, rows }) });
  }

  private tell(event: ReadingEvent): void {
    const canWait = event.type === 'page' || event.type === 'sample';
    this.set({ reading: readingReducer(this.state.reading, event) }, canWait);
  }

  /** @param canWait it is a page beyond the view, of which many come while reading goes on */
  private set(change: Partial<ResultState>, canWait = false): void {
    this.state = { ...this.state, ...change };
    const { phase, mode } = this.state.reading;
    this.notifier.notify(canWait && phase === 'reading' && mode === 'on');
  }
}
