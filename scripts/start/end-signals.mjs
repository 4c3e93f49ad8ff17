import { hurry } from '../support/guard.mjs';

/**
 * One Ctrl-C arrives twice: the terminal sends it to every process in the foreground, and npm passes on what it gets.
 * What follows so soon is the same press.
 */
const ONE_PRESS_MS = 700;

/**
 * @param {number | undefined} firstAtMs when the first signal came
 * @param {number} nowMs
 * @returns {'end' | 'echo' | 'hurry'} end in order, the same press once more, or end at once
 */
export function meaningOfSignal(firstAtMs, nowMs) {
  if (firstAtMs === undefined) return 'end';
  return nowMs - firstAtMs < ONE_PRESS_MS ? 'echo' : 'hurry';
}

/**
 * The first Ctrl-C ends everything in order; another one ends it at once, by the watchdog.
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
  // A terminal that was closed takes no more text: that must not break off what is being ended in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
