import 'server-only';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError, readEnvironment } from '@/lib/env';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE, PLAIN_FLAGS } from '@/lib/regular-file';

const SECRET_BYTES = 32;

let secret: Buffer | null = null;

/**
 * The key for binding cursors: `RINGSIDE_SECRET`, or else a file that only its owner may read, created if missing.
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
    // 'wx': if several processes start together, one writes it and all read it.
    writeFileSync(path, randomBytes(SECRET_BYTES), { mode: OWNER_ONLY_FILE, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const bytes = readPlain(path);
  // Another process may be about to write it; with an empty key anybody could make cursors.
  if (bytes.length < SECRET_BYTES)
    throw new ConfigurationError(`${path}: incomplete; remove it, and Ringside will create a new one`);
  return bytes;
}

/** @throws ConfigurationError when it is a link or anything else that cannot be read */
function readPlain(path: string): Buffer {
  try {
    const file = openSync(path, constants.O_RDONLY | PLAIN_FLAGS);
    try {
      return readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new ConfigurationError(
      `${path}: not a plain file that can be read; remove it, and Ringside will create a new one`,
      {
        cause,
      },
    );
  }
}
