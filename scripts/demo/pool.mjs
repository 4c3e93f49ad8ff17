/**
 * Works on several items at a time, and takes the next item only when a slot is free. On the first failure it waits for
 * the work in flight, closes the source and throws.
 * @template T
 * @param {AsyncIterable<T> | Iterable<T>} items
 * @param {number} places
 * @param {(item: T) => Promise<void>} work
 * @param {AbortSignal} signal  When aborted, no further work starts and the reason is thrown.
 */
export async function forEachInPool(items, places, work, signal) {
  /** @type {Set<Promise<void>>} */
  const running = new Set();
  /** @type {{ error: unknown } | undefined} */
  let failure;
  try {
    for await (const item of items) {
      signal.throwIfAborted();
      const job = work(item)
        .catch((error) => {
          failure ??= { error };
        })
        .finally(() => running.delete(job));
      running.add(job);
      if (running.size >= places) await Promise.race(running);
      if (failure) break;
    }
  } finally {
    await Promise.all(running);
  }
  if (failure) throw failure.error;
}
