/** An update of a running step is printed at most this often, so that a slow terminal or a CI log stays readable. */
const UPDATE_EVERY_MS = 5000;

/**
 * Prints one line. Several steps run in parallel, so lines are only added, never rewritten.
 * @param {string} text
 */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * @typedef {object} Step
 * @property {(text: string) => void} update reports progress; calls in quick succession are dropped
 * @property {(text?: string) => number} done ends the step; returns how many milliseconds it took
 */

/**
 * A long step: a line when it starts, lines while it runs, a line with its time when it ends.
 * @param {string} name such as "Installing dependencies"
 * @returns {Step}
 */
export function step(name) {
  const startedAt = performance.now();
  let lastUpdateAt = startedAt;
  say(`… ${name}`);
  return {
    update(text) {
      const now = performance.now();
      if (now - lastUpdateAt < UPDATE_EVERY_MS) return;
      lastUpdateAt = now;
      say(`  ${name}: ${text}`);
    },
    done(text = name) {
      const tookMs = performance.now() - startedAt;
      say(`✓ ${text} (${seconds(tookMs)})`);
      return tookMs;
    },
  };
}

/**
 * @param {number} milliseconds
 * @returns {string} such as "3.2 s" or "2 min 05 s"
 */
export function seconds(milliseconds) {
  const total = milliseconds / 1000;
  if (total < 60) return `${total.toFixed(1)} s`;
  const whole = Math.round(total);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/**
 * @param {number} bytes
 * @returns {string} such as "12.3 MB"
 */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
