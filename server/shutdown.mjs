/** For responses that are nearly done; streams may never end, so they are not waited for. */
const ANSWERS_GRACE_MS = 500;
/** For jobs to write their checkpoints and for connections to Cassandra to close, dead or alive. */
const WORK_GRACE_MS = 3_000;

const KEY = Symbol.for('ringside.end');

/**
 * Ends the process on request, within 4 s whatever state clients and clusters are in; on a second request, immediately. The
 * application provides the function that ends its work (lib/start-server.ts) from a bundled module: the only place that
 * both can see is the global object.
 * @param {import('node:http').Server} server
 */
export function endsProcess(server) {
  let isEnding = false;
  const end = async () => {
    if (isEnding) process.exit(1);
    isEnding = true;
    server.close();
    const cut = setTimeout(() => server.closeAllConnections(), ANSWERS_GRACE_MS);
    const endWork = Reflect.get(globalThis, KEY);
    const work = typeof endWork === 'function' ? Promise.resolve(endWork()) : Promise.resolve();
    await Promise.race([
      work.catch((error) => console.error('Ringside could not shut down cleanly:', error)),
      new Promise((resolve) => setTimeout(resolve, WORK_GRACE_MS)),
    ]);
    clearTimeout(cut);
    server.closeAllConnections();
    process.exit(0);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => void end());
}

/**
 * Ends the process with a message on an uncaught error: the framework, which must be loaded before this, would log it and
 * continue in an unknown state.
 */
export function endsWhenUncaught() {
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => {
    console.error('Ringside ends because of an uncaught error. Please report it:', error);
    process.exit(1);
  });
}
