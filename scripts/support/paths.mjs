import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Everything that Ringside keeps between runs on this machine: data, logs, caches. Ignored by git. */
export const STATE_DIRECTORY = join(ROOT, '.ringside');

/** Logs of what was started. */
export const LOG_DIRECTORY = join(STATE_DIRECTORY, 'log');

/**
 * Where downloads are kept. RINGSIDE_CACHE_DIR lets several clones share them.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheDirectory(env = process.env) {
  return env.RINGSIDE_CACHE_DIR || join(STATE_DIRECTORY, 'cache');
}
