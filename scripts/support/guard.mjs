import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Guarded one thing that must not outlive this process
 * @property {string} [ring] a ring's record
 * @property {{ pid: number, marker: string }} [process] a process group, and text that its command line holds
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
