import { Listeners } from '@/lib/listeners';

/** How long changes outside the view may wait: pages that a continuous read adds beyond it. */
const PACE_MS = 100;

/**
 * Notifies listeners of changes once a frame, however many there were, and of those that can wait a few times a second.
 * After the frame: within it, their drawing would add to that of a scroll.
 */
export class FrameNotifier {
  private readonly listeners = new Listeners();
  private isDue = false;
  private later: ReturnType<typeof setTimeout> | undefined;

  readonly subscribe = this.listeners.subscribe;

  notify(canWait: boolean): void {
    if (this.isDue) return;
    if (canWait) {
      this.later ??= setTimeout(() => this.notify(false), PACE_MS);
      return;
    }
    clearTimeout(this.later);
    this.later = undefined;
    this.isDue = true;
    requestAnimationFrame(() => setTimeout(() => this.flush()));
  }

  private flush(): void {
    this.isDue = false;
    this.listeners.notify();
  }
}
