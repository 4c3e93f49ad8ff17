import 'server-only';

/**
 * Lets everything else that waits run: other requests, timers, sockets. A promise alone does not, because its continuation
 * runs before any of them.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
