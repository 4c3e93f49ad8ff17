import { hurry } from '../support/guard.mjs';

/**
 * One Ctrl-C arrives twice: the terminal sends it to every foreground process, and npm forwards its own. A second signal
 * this soon is the same key press.
 */
const ONE_PRESS_MS = 700;

/**
 * @param {number | undefined} firstAtMs when the first signal arrived
 * @param {number} nowMs
 * @returns {'end' | 'echo' | 'hurry'} shut down, an echo of the same key press, or kill immediately
 */
export function meaningOfSignal(firstAtMs, nowMs) {
  if (firstAtMs === undefined) return 'end';
  return nowMs - firstAtMs < ONE_PRESS_MS ? 'echo' : 'hurry';
}

/**
 * The first Ctrl-C shuts everything down in order; another one has the watchdog kill it.
 * @param {AbortController} interrupted
 */
export function listenForEnd(interrupted) {
  /** @type {number | undefined} */
  let firstAtMs;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      const meaning = meaningOfSignal(firstAtMs, performance.now());
      firstAtMs ??= performance.now();
      if (meaning === 'end') interrupted.abort(new Error(`ended by ${signal}`));
      if (meaning === 'hurry') void hurry().finally(() => process.exit(1));
    });
  }
  // Writing to a closed terminal fails; that must not interrupt the shutdown.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
