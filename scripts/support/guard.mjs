import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Guarded one thing that must not outlive this process
 * @property {string} [ring] a ring's record
 * @property {{ pid: number, start: string, graceMs: number }} [process] a process group, when its leader started (see
 *   startOf in processes.mjs), and how long it may take to end
 */

/** @type {import('node:child_process').ChildProcess | undefined} */
let watchdog;

/**
 * Hands something over to a watchdog: a process of its own that ends it when this one is gone, however it went
 * (also `kill -9`). Until then it does nothing.
 * @param {Guarded} guarded
 */
export function guard(guarded) {
  if (watchdog === undefined) {
    watchdog = spawn(
      process.execPath,
      [fileURLToPath(new URL('./watchdog.mjs', import.meta.url)), String(process.pid)],
      {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    watchdog.unref();
    // When the watchdog itself is killed, the next start still finds what was left.
    watchdog.on('error', () => {});
    watchdog.stdin?.on('error', () => {});
    if (watchdog.stdin !== null && 'unref' in watchdog.stdin && typeof watchdog.stdin.unref === 'function') {
      watchdog.stdin.unref();
    }
  }
  watchdog.stdin?.write(`${JSON.stringify(guarded)}\n`);
}

/**
 * Has everything that was handed over killed, by the watchdog, once this process is gone: nothing is asked to end in order.
 * @returns {Promise<void>} resolves when the watchdog has been told
 */
export function hurry() {
  return new Promise((resolve) => {
    if (watchdog?.stdin?.writable) watchdog.stdin.write(`${JSON.stringify({ hurry: true })}\n`, () => resolve());
    else resolve();
  });
}
