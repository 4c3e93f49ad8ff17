/** For answers that are nearly through; a stream has no end that could be waited for. */
const ANSWERS_GRACE_MS = 500;
/** For jobs to write where they stand and for connections to Cassandra to close, dead or alive. */
const WORK_GRACE_MS = 3_000;

const KEY = Symbol.for('ringside.end');

/**
 * Ends the process when it is asked to, within 4 s whatever state clients and clusters are in; at the second request, at
 * once. The application says how its work is ended (lib/start-server.ts), in a module that the bundler made: the one
 * place that both can see is the global object.
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
      work.catch((error) => console.error('Ringside could not end its work in order:', error)),
      new Promise((resolve) => setTimeout(resolve, WORK_GRACE_MS)),
    ]);
    clearTimeout(cut);
    server.closeAllConnections();
    process.exit(0);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => void end());
}

/**
 * Ends the process with a message when an error is thrown that nothing handles: the framework, which must be loaded by
 * now, would log it and go on in a state that nobody knows.
 */
export function endsWhenUncaught() {
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => {
    console.error('Ringside met an error that nothing handles, and ends. Please report it:', error);
    process.exit(1);
  });
}
