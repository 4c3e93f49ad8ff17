/**
 * Those who want to know when something changes, in the form that `useSyncExternalStore` takes. What must be listened to
 * elsewhere for that (`attach`) is, while there is anybody.
 */
export class Listeners {
  private readonly all = new Set<() => void>();
  private detach: () => void = nothing;

  /** @param attach begins what is only needed for listeners, and gives how to end it */
  constructor(private readonly attach: () => () => void = () => nothing) {}

  /** Calls `listener` on each change until the function that it gives is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.all.size === 0) this.detach = this.attach();
    this.all.add(listener);
    return () => {
      if (!this.all.delete(listener) || this.all.size > 0) return;
      this.detach();
      this.detach = nothing;
    };
  };

  readonly notify = (): void => {
    for (const listener of this.all) listener();
  };
}

function nothing(): void {}
