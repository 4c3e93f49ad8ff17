import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls until the answer is truthy.
 * @template T
 * @param {() => T | Promise<T>} ask throws to give up immediately
 * @param {{ timeoutMs: number, everyMs?: number, signal?: AbortSignal | undefined }} options
 * @returns {Promise<T | undefined>} the first truthy answer, or undefined on timeout
 */
export async function until(ask, { timeoutMs, everyMs = 200, signal }) {
  const deadline = performance.now() + timeoutMs;
  while (true) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() >= deadline) return undefined;
    await delay(everyMs, undefined, signal === undefined ? {} : { signal });
  }
}
