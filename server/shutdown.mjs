const KEY = Symbol.for('ringside.end');

/** Whether the server is about to end: nothing new begins then; and the responses that are being sent. */
export class Life {
  isEnding = false;
  #open = 0;
  /** @type {(() => void) | null} */
  #onIdle = null;

  /** @param {import('node:http').ServerResponse} response open until it is sent, or its client leaves */
  follow(response) {
    this.#open++;
    response.once('close', () => {
      this.#open--;
      if (this.#open === 0) this.#onIdle?.();
    });
  }

  /** @returns {Promise<void>} when no response is open any more */
  idle() {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      if (this.#open === 0) resolve();
    });
  }
}

/**
 * Ends the process on request, within `stopMs` whatever state clients and clusters are in; on a second request,
 * immediately. Responses that are being sent end by themselves: the application tells their readers why. It provides the
 * function that ends its work (lib/start-server.ts) from a bundled module: the only place that both can see is the global
 * object.
 * @param {import('node:http').Server} server
 * @param {{ life: Life, stopMs: number }} options
 */
export function endsProcess(server, { life, stopMs }) {
  const end = async () => {
    if (life.isEnding) process.exit(1);
    life.isEnding = true;
    server.close();
    // Browsers keep connections open on which nothing is asked: only responses are waited for.
    const isDone = await inTime(Promise.all([endWork(), life.idle()]), stopMs);
    if (!isDone) console.error(`Ringside did not stop within ${stopMs / 1000} s: what is still open is cut.`);
    server.closeAllConnections();
    process.exit(0);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => void end());
}

async function endWork() {
  const work = Reflect.get(globalThis, KEY);
  if (typeof work !== 'function') return;
  try {
    await work();
  } catch (error) {
    console.error('Ringside could not shut down cleanly:', error);
  }
}

/**
 * @param {Promise<unknown>} work
 * @param {number} ms
 * @returns {Promise<boolean>} whether it ended in time
 */
async function inTime(work, ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const isDone = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return isDone === true;
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
