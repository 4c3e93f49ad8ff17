import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The key that, followed by Enter, restarts Cassandra. */
export const KEY = 'r';

/**
 * Whether this process is in its terminal's foreground: the system stops background processes that read from the terminal.
 * Fields 5 and 8 of /proc/PID/stat (proc_pid_stat(5)) hold its group and the terminal's.
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
    // Not Linux: all we know is that there is a terminal.
    return true;
  }
}

/**
 * Listens for the key in the terminal.
 * @returns {{ pressed: () => boolean, close: () => void } | undefined} undefined if nobody can press it
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
