import { Listeners } from '@/lib/listeners';

/** How long news may wait that nobody looks at: pages beyond the view of a reading that goes on. */
const PACE_MS = 100;

/**
 * Tells listeners of changes once a frame, however many there were, and of those that can wait a few times a second. Behind
 * the frame: in it, what they draw would come on top of the rows that a scroll draws.
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
    requestAnimationFrame(() => setTimeout(() => this.tell()));
  }

  private tell(): void {
    this.isDue = false;
    this.listeners.notify();
  }
}
