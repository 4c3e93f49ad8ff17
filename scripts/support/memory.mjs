import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';

/** @returns {number} memory available to a new process; macOS counts memory it could free as used */
export function availableMb() {
  const bytes = process.platform === 'linux' ? freemem() : Math.max(freemem(), totalmem() / 2);
  return bytes / 2 ** 20;
}

/**
 * How many processes the kernel has killed for lack of memory since the machine started, those in containers included
 * (`oom_kill` in /proc/vmstat, Linux 4.13 and later).
 * @returns {number} 0 where that is not known
 */
export function memoryKills() {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
