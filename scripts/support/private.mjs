import { chmodSync, mkdirSync } from 'node:fs';

/** Logs, records and data of a run are this user's alone. */
export const OWNER_ONLY_FILE = 0o600;
export const OWNER_ONLY_DIRECTORY = 0o700;

/**
 * Creates a folder that only this user may enter, or restricts an existing one.
 * @param {string} path one of Ringside's own
 */
export function privateDirectory(path) {
  mkdirSync(path, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  chmodSync(path, OWNER_ONLY_DIRECTORY);
}
