import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError, readEnvironment } from '@/lib/env';

const SECRET_BYTES = 32;
const OWNER_ONLY = 0o600;

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
  mkdirSync(resolve(RINGSIDE_DATA_DIR), { recursive: true });
  try {
    // 'wx': of several processes that start at once, one writes it and all read it.
    writeFileSync(path, randomBytes(SECRET_BYTES), { mode: OWNER_ONLY, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const bytes = readFileSync(path);
  // Another process may be about to write it; bound with an empty key, a cursor could be made by anybody.
  if (bytes.length < SECRET_BYTES)
    throw new ConfigurationError(`${path}: incomplete; remove it to have a new one made`);
  return bytes;
}
