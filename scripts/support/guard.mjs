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
 * Registers something with a watchdog: a separate process that kills it once this process is gone, however it ended
 * (even by `kill -9`). Until then the watchdog does nothing.
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
    // If the watchdog itself is killed, the next start still finds what was left behind.
    watchdog.on('error', () => {});
    watchdog.stdin?.on('error', () => {});
    if (watchdog.stdin !== null && 'unref' in watchdog.stdin && typeof watchdog.stdin.unref === 'function') {
      watchdog.stdin.unref();
    }
  }
  watchdog.stdin?.write(`${JSON.stringify(guarded)}\n`);
}

/**
 * Makes the watchdog kill everything registered once this process is gone, without a graceful shutdown.
 * @returns {Promise<void>} resolves when the watchdog has received the order
 */
export function hurry() {
  return new Promise((resolve) => {
    if (watchdog?.stdin?.writable) watchdog.stdin.write(`${JSON.stringify({ hurry: true })}\n`, () => resolve());
    else resolve();
  });
}
