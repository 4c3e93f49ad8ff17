import type { RowView } from '@/lib/grid/page-window';
import { Listeners } from '@/lib/listeners';

/** Somebody is scrolling if the view has moved within this time. */
const SCROLLS_MS = 150;
/** How long a page waits while somebody scrolls: a few frames. */
const REST_MS = 100;

/** The rows in view, to follow. Separate from a reader's state: scrolling over rows in memory changes nothing else. */
export class FollowedView {
  private view: RowView = { first: 0, last: 0, top: 0 };
  private movedAtMs = Number.NEGATIVE_INFINITY;
  private readonly listeners = new Listeners();

  readonly get = (): RowView => this.view;

  readonly subscribe = this.listeners.subscribe;

  /** Other rows are in view, though nobody has scrolled. */
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
   * How long a continuous read should pause so that a scroll can draw its frames. Zero while the view is still, and for
   * rows that the scroll is about to reach.
   */
  restMs(isAwaited: boolean, nowMs = performance.now()): number {
    return isAwaited || nowMs - this.movedAtMs > SCROLLS_MS ? 0 : REST_MS;
  }
}
