import { listenForEnd } from '../start/end-signals.mjs';
import { explain } from '../support/problem.mjs';

/** As a shell counts a process that SIGINT has ended. */
const ENDED = 130;

/**
 * Runs tests to their end, or to that of a Ctrl-C: then what they throw for it is no news, and one line says so.
 * @param {(signal: AbortSignal) => Promise<number>} work aborted by a signal to this process; returns the exit code
 * @returns {Promise<number>} the exit code
 */
export async function untilEnded(work) {
  const ended = new AbortController();
  listenForEnd(ended);
  const { signal } = ended;
  try {
    const code = await work(signal);
    if (!signal.aborted) return code;
  } catch (error) {
    if (!signal.aborted) {
      process.stderr.write(`\n${explain(error)}\n`);
      return 1;
    }
  }
  process.stderr.write(`\n✗ The tests were ${signal.reason.message}. Their nodes end with them.\n`);
  return ENDED;
}

/**
 * Some work that takes no signal, waited for until a signal comes.
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export function unlessEnded(work, signal) {
  signal.throwIfAborted();
  const aborted = new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, /** @type {Promise<never>} */ (aborted)]);
}
