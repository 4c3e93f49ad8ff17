import type { RowView } from '@/lib/grid/page-window';
import { Listeners } from '@/lib/listeners';

/** Somebody scrolls as long as the view has moved so recently. */
const SCROLLS_MS = 150;
/** What a page waits for while somebody scrolls: a few frames' worth. */
const REST_MS = 100;

/** The rows in view, for those who follow them. Apart from a reader's state: scrolling over rows that are there changes nothing else. */
export class FollowedView {
  private view: RowView = { first: 0, last: 0, top: 0 };
  private movedAtMs = Number.NEGATIVE_INFINITY;
  private readonly listeners = new Listeners();

  readonly get = (): RowView => this.view;

  readonly subscribe = this.listeners.subscribe;

  /** The rows are others, without anybody having scrolled. */
  put(view: RowView): void {
    this.view = view;
  }

  /** Somebody has scrolled, or the view has grown. */
  move(view: RowView, nowMs = performance.now()): void {
    this.view = view;
    this.movedAtMs = nowMs;
    this.listeners.notify();
  }

  /**
   * How long a reading that goes on should leave the processor to the frames of a scroll. Nothing while the view rests, nor
   * for rows that the scroll is about to come to.
   */
  restMs(isAwaited: boolean, nowMs = performance.now()): number {
    return isAwaited || nowMs - this.movedAtMs > SCROLLS_MS ? 0 : REST_MS;
  }
}
