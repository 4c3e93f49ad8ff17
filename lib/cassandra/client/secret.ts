import 'server-only';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError, readEnvironment } from '@/lib/env';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE, PLAIN_FLAGS } from '@/lib/regular-file';

const SECRET_BYTES = 32;

let secret: Buffer | null = null;

/**
 * The key that cursors are bound with: `RINGSIDE_SECRET`, else a file only its owner may read, made when missing.
 * @throws ConfigurationError when that file is too short to be a secret
 */
export function serverSecret(): Buffer {
  secret ??= readSecret();
  return secret;
}

function readSecret(): Buffer {
  const { RINGSIDE_SECRET, RINGSIDE_DATA_DIR } = readEnvironment();
  if (RINGSIDE_SECRET !== undefined) return Buffer.from(RINGSIDE_SECRET, 'utf8');
  const path = join(resolve(RINGSIDE_DATA_DIR), 'secret');
  mkdirSync(resolve(RINGSIDE_DATA_DIR), { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  try {
    // 'wx': of several processes that start at once, one writes it and all read it.
    writeFileSync(path, randomBytes(SECRET_BYTES), { mode: OWNER_ONLY_FILE, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const bytes = readPlain(path);
  // Another process may be about to write it; bound with an empty key, a cursor could be made by anybody.
  if (bytes.length < SECRET_BYTES)
    throw new ConfigurationError(`${path}: incomplete; remove it to have a new one made`);
  return bytes;
}

/** @throws ConfigurationError when a link or anything else that cannot be read has its name */
function readPlain(path: string): Buffer {
  try {
    const file = openSync(path, constants.O_RDONLY | PLAIN_FLAGS);
    try {
      return readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new ConfigurationError(`${path}: not a plain file that can be read; remove it to have a new one made`, {
      cause,
    });
  }
}
