import 'server-only';

/**
 * Lets everything else that waits have its turn: other requests, timers, sockets. A promise alone does not: what
 * follows it runs before any of them.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
