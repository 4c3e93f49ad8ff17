import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What is pressed, and then Enter, to start Cassandra again. */
export const KEY = 'r';

/**
 * Whether this process is in its terminal's foreground: one in the background that reads from the terminal is stopped by
 * the system. Fields 5 and 8 of /proc/PID/stat (proc_pid_stat(5)) name its group and the terminal's.
 * @param {string} stat
 * @returns {boolean}
 */
export function isInForeground(stat) {
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return group !== undefined && group === foreground;
}

/** @returns {boolean} */
function canAsk() {
  if (!process.stdin.isTTY) return false;
  try {
    return isInForeground(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    // Not Linux: a terminal is all that can be known.
    return true;
  }
}

/**
 * Listens for the key in the terminal.
 * @returns {{ pressed: () => boolean, close: () => void } | undefined} undefined where nobody can press it
 */
export function keyPress() {
  if (!canAsk()) return undefined;
  let pressed = false;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim().toLowerCase() === KEY) pressed = true;
  });
  return {
    pressed: () => pressed,
    close: () => {
      lines.close();
      process.stdin.pause();
    },
  };
}
