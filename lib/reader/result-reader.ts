/**
 * The engine of a result; start here. How the pieces of lib/reader fit together:
 *
 * - `source.ts` says what is read and from which place; `result-reader.ts` (this file) starts, stops and resumes it.
 * - `unasked.ts` decides which end is read automatically; `read-pages.ts` reads it, down or up.
 * - `read-above.ts` reads rows above a segment, in the ranges that `rail-steps.ts` plans; `read-events.ts` says what a
 *   response means to the read.
 * - `reading.ts` reduces that to facts: phase, rows, errors. `segment.ts` holds the pages read from one place.
 * - `refiller.ts` rereads pages that have left memory; `in-memory.ts` and `row-position.ts` find rows in the window.
 * - `whole.ts` says whether all rows are in memory, or are too many; only whole results can be sorted and filtered here.
 * - `rail-coverage.ts` knows which token ranges are read.
 * - `result-state.ts` is what components draw; `frame-notifier.ts` and `followed-view.ts` say when, without a scroll
 *   waiting for it.
 */

import type { Row, StreamEvent } from '@/lib/client/stream';
import type { PageRows } from '@/lib/grid/page-rows';
import { type PageWindow, type RowRange, type RowView, WINDOW_LIMITS, type WindowLimits } from '@/lib/grid/page-window';
import type { TokenRange } from '@/lib/ring/ranges';
import { FollowedView } from './followed-view';
import type { PlaceInMemory } from './in-memory';
import { cover } from './rail-coverage';
import { type Direction, endsOf, eventOf, failureEvent, nearEnds } from './read-events';
import { type PageHost, readDown, readUp } from './read-pages';
import type { ReadMode } from './read-state';
import { Refiller } from './refiller';
import { type ResultState, ResultStore } from './result-state';
import { keyOfRows } from './row-key';
import { positionIn, type RowPosition } from './row-position';
import {
  isBarren,
  isReady,
  landingOf,
  openSegment,
  type Segment,
  sampleOf,
  withLimits,
  withPage,
  withView,
} from './segment';
import { type ReadStart, type ResultSource, START } from './source';
import { PAGES_UNASKED, readUnasked } from './unasked';
import { holdsAll, pagesInOrder, tooLarge, WHOLE_LIMITS, type Whole, windowOf } from './whole';

/**
 * Reads one result on demand, down and up from one place, and keeps a window of its pages. It reads nothing before `start`;
 * `dispose` ends what is running. Components follow it through `subscribe` and `getState`.
 */
export class ResultReader {
  private readonly store: ResultStore;
  private shown: Segment;
  /** Another place, read until its first rows can replace those that are shown. */
  private incoming: Segment | null;
  /** All rows, or some of them, in an order made on this page; drawn instead of `shown`. */
  private arranged: PageWindow<Row> | null = null;
  private readonly followed = new FollowedView();
  private reading: AbortController | undefined;
  private direction: Direction = 'down';
  /** A continuous read was interrupted for rows above. */
  private goesOn = false;
  private readonly refiller: Refiller;
  private readonly pages: PageHost;
  private unasked = 0;
  private keyOf = (_: Row): string => '';

  constructor(readonly source: ResultSource) {
    this.shown = openSegment(source, source.start ?? START);
    this.incoming = this.shown;
    this.store = new ResultStore(this.shown.window);
    this.refiller = new Refiller({
      source,
      shown: () => ({ window: this.shown.window, view: this.wantedRows }),
      put: (page, rows) => {
        this.show(withPage(withView(this.shown, this.viewed), page, rows));
        this.noteWhole();
      },
      fail: (refillError) => this.store.set({ refillError }),
    });
    this.pages = {
      source,
      keyOf: (row) => this.keyOf(row),
      target: () => this.viewedTarget(),
      sample: () => this.getState().reading.sample,
      follow: (event, direction) => this.follow(event, direction),
      take: (segment, range) => this.take(segment, range),
      tell: (event) => this.store.tell(event),
      restMs: () => this.followed.restMs(!this.isSettled || nearEnds(this.shown.window, this.viewed).below),
    };
  }

  readonly getState = (): ResultState => this.store.get();

  readonly subscribe = (listener: () => void) => this.store.subscribe(listener);

  /** Rows in view, including the few drawn beyond the edges. */
  readonly getView = (): RowView => this.followed.get();

  readonly subscribeView = (listener: () => void) => this.followed.subscribe(listener);

  /** Where a row is in the result; null where that is unknown, and for rows that are arranged on this page. */
  positionOf(row: number): RowPosition | null {
    return this.arranged !== null ? null : positionIn(this.shown.window, row, this.keyOf);
  }

  /** False while rows of another place are on their way. */
  get isSettled(): boolean {
    return this.incoming === null;
  }

  /** Reads the first page, unless that has already started. */
  start(): void {
    if (this.getState().reading.phase === 'idle') void this.read('page', this.firstDirection());
  }

  /**
   * Goes to another place: to rows in memory where they are found, else it reads from there on. The rows shown stay until
   * the new ones are here.
   */
  go(place: ReadStart, find: (shown: Segment) => PlaceInMemory | null = () => null): void {
    if (!this.source.repeatable) return;
    this.showAsRead();
    const found = find(this.shown);
    if (found !== null) {
      this.goInMemory(found);
      return;
    }
    const begun = this.getState().reading.phase !== 'idle';
    this.reading?.abort();
    const opened = openSegment(this.source, place);
    const { whole } = this.getState();
    // Rows of another place are not all rows, even if those before were.
    if (whole === 'whole') this.store.set({ whole: 'unread' });
    this.incoming = whole === 'asked' ? withLimits(opened, WHOLE_LIMITS) : opened;
    this.goesOn = false;
    this.unasked = 0;
    this.store.tell({ type: 'rest', more: endsOf(this.incoming) });
    if (begun) void this.read('page', this.firstDirection());
  }

  private goInMemory(found: PlaceInMemory): void {
    this.unasked = 0;
    if (this.incoming !== null) {
      // Another place was on its way, and is no longer wanted.
      this.reading?.abort();
      this.incoming = null;
      this.store.tell({ type: 'rest', more: endsOf(this.shown) });
    }
    this.scrollTo(found);
    this.readIfNear();
  }

  /** Reads continuously to the end, or up to the beginning where the end was read already. */
  readOn(): void {
    void this.read('on', this.firstDirection());
  }

  /** Continues where it stopped or failed, in the same direction. */
  resume(): void {
    void this.read(this.getState().reading.mode, this.direction);
  }

  /** Reads the whole result and keeps it in memory, if it is small enough. Stop, resume and errors work as in any read. */
  readWhole(): void {
    if (this.getState().whole !== 'unread') return;
    this.store.set({ whole: 'asked' });
    this.limit(WHOLE_LIMITS);
    this.checkSize(this.target);
    this.readIfNear();
  }

  /** The rows of the whole result, in its order; null unless all of them are in memory. */
  wholeRows(): readonly PageRows<Row>[] | null {
    return this.getState().whole === 'whole' ? pagesInOrder(this.shown.window) : null;
  }

  /** Shows rows of the whole result in another order, or only some of them; null: as they were read. */
  arrange(rows: PageRows<Row> | null): void {
    if (rows === null) {
      if (this.showAsRead()) this.scrollTo({ row: this.shown.window.marks.firstRow, end: false });
      return;
    }
    this.arranged = { ...windowOf(rows), changed: this.shown.window.changed };
    this.scrollTo({ row: 0, end: false });
    this.store.set({ window: this.arranged, isArranged: true });
  }

  /** False when they are shown as they were read already. */
  private showAsRead(): boolean {
    if (this.arranged === null) return false;
    this.arranged = null;
    this.store.set({ window: this.shown.window, isArranged: false });
    return true;
  }

  /** Ends the request at once. What was read stays. */
  stop(): void {
    this.goesOn = false;
    this.reading?.abort();
    this.store.tell({ type: 'stop' });
  }

  dispose(): void {
    this.refiller.stop();
    this.stop();
  }

  /** The rows in view have changed: rereads what was dropped there, and reads more when an end of the rows is near. */
  view(view: RowView): void {
    if (view.first !== this.viewed.first) this.unasked = 0;
    this.followed.move(view);
    if (this.getState().refillError === null) this.refiller.check();
    this.readIfNear();
  }

  retryRefill(): void {
    this.store.set({ refillError: null });
    this.refiller.check();
  }

  private get viewed(): RowView {
    return this.followed.get();
  }

  private get target(): Segment {
    return this.incoming ?? this.shown;
  }

  /** The rows to have in memory: those in view, or all. */
  private get wantedRows(): RowRange {
    const { whole, reading } = this.getState();
    const { firstRow, endRow } = this.shown.window.marks;
    return whole === 'asked' && reading.phase === 'complete' ? { first: firstRow, last: endRow - 1 } : this.viewed;
  }

  private limit(limits: WindowLimits): void {
    this.show(withLimits(withView(this.shown, this.viewed), limits));
    if (this.incoming !== null) this.incoming = withLimits(this.incoming, limits);
  }

  /** All rows are wanted and the read rests: reads what is missing, or notes that nothing is. */
  private readRest(): void {
    const { phase } = this.getState().reading;
    if (phase === 'paused') void this.read('on', this.firstDirection());
    this.noteWhole();
    if (phase === 'complete' && this.getState().refillError === null) this.refiller.check();
  }

  private noteWhole(): void {
    const { whole, reading } = this.getState();
    if (whole === 'asked' && reading.phase === 'complete' && holdsAll(this.shown)) this.store.set({ whole: 'whole' });
  }

  /** Gives up keeping all rows when there are too many. */
  private checkSize(segment: Segment): void {
    const { whole, reading } = this.getState();
    const found: Whole | null = whole === 'asked' ? tooLarge(segment, reading) : null;
    if (found === null) return;
    this.store.set({ whole: found });
    this.limit(WINDOW_LIMITS);
    if (reading.phase !== 'reading') return;
    this.reading?.abort();
    this.store.tell({ type: 'rest', more: endsOf(this.target) });
  }

  private firstDirection(): Direction {
    return this.target.window.next === null ? 'up' : 'down';
  }

  private readIfNear(): void {
    const { phase, mode } = this.getState().reading;
    if (this.incoming !== null) {
      this.readOnTo(this.incoming);
      return;
    }
    if (this.getState().whole === 'asked') {
      this.readRest();
      return;
    }
    const { direction, goesOn, unasked } = this;
    const wanted = readUnasked({ phase, mode, direction, goesOn, unasked }, nearEnds(this.shown.window, this.viewed));
    if (wanted === null) return;
    if (wanted === 'go_on') {
      this.goesOn = false;
      void this.read('on', 'down');
      return;
    }
    if (wanted === 'turn') {
      this.reading?.abort();
      this.store.tell({ type: 'rest', more: endsOf(this.shown) });
      this.goesOn = true;
    }
    this.unasked += 1;
    void this.read('page', wanted === 'below' ? 'down' : 'up');
  }

  /** Reads until the place can be shown. */
  private readOnTo(incoming: Segment): void {
    if (this.getState().reading.phase !== 'paused') return;
    if (incoming.window.marks.rowCount === 0) this.unasked += 1;
    if (this.unasked > PAGES_UNASKED) this.land(incoming);
    else void this.read('page', this.firstDirection());
  }

  private async read(mode: ReadMode, direction: Direction): Promise<void> {
    const { phase, pages } = this.getState().reading;
    const { next, prior } = this.target.window;
    if ((direction === 'down' ? next : prior) === null || phase === 'reading' || phase === 'complete') return;
    if (!this.source.repeatable && (pages > 0 || phase !== 'idle')) return;
    const abort = new AbortController();
    this.reading = abort;
    this.direction = direction;
    this.store.tell({ type: 'ask', mode, nowMs: Date.now() });
    try {
      await (direction === 'down' ? readDown : readUp)(this.pages, mode, abort.signal);
    } catch (cause) {
      if (!abort.signal.aborted) this.store.tell(failureEvent(cause));
    }
    if (this.reading === abort) this.readIfNear();
  }

  private follow(event: StreamEvent, direction: Direction): void {
    if (event.kind === 'header') this.keyOf = keyOfRows(event.header, this.source.order);
    const next = eventOf(event, direction, this.target);
    if (next !== null) this.store.tell(next);
  }

  /** Takes a page: into the rows shown, or, once its place is reached, instead of them. */
  private take(segment: Segment, range: TokenRange | null): void {
    const coverage = range === null ? this.getState().coverage : cover(this.getState().coverage, range);
    this.store.tell({ type: 'sample', sample: sampleOf(segment) });
    this.store.set({ coverage }, true);
    if (this.incoming === null) this.show(segment, true);
    else if (isReady(segment)) this.land(segment);
    else this.incoming = segment;
    if (isBarren(segment)) this.go(START);
    else this.checkSize(segment);
  }

  private show(segment: Segment, canWait = false): void {
    this.shown = segment;
    this.store.set({ window: this.arranged ?? segment.window }, canWait);
  }

  /** Shows the rows of the new place. */
  private land(segment: Segment): void {
    this.incoming = null;
    this.refiller.stop();
    this.scrollTo(landingOf(segment));
    this.show(segment);
  }

  private scrollTo({ row, end }: PlaceInMemory): void {
    const drawn = this.viewed.last - this.viewed.first;
    const first = end ? row - drawn : row;
    this.followed.put({ first, last: first + drawn, top: first });
    this.store.set({ landing: { id: this.getState().landing.id + 1, row, end } });
  }

  /** The segment that is read into, with the view that decides which of its pages stay in memory. */
  private viewedTarget(): Segment {
    return this.incoming ?? withView(this.shown, this.viewed);
  }
}
