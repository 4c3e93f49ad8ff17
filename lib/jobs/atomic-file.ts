import 'server-only';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { parseJson } from '@/lib/contract/json';
import { Failure } from '@/lib/failure';
import { openRegular, readRegular } from '@/lib/regular-file';
import { storageFailure } from './storage-failure';

/**
 * Writes JSON so that a reader finds either the old text or the new one, and everything synced before it, even after a
 * crash or a power cut at any moment.
 * @throws Failure `disk_full`, `storage_failed`
 */
export function writeJson(path: string, value: unknown): Promise<void> {
  return writeText(path, `${JSON.stringify(value, null, 1)}\n`);
}

/** Like {@link writeJson}, for any text. */
export async function writeText(path: string, text: string): Promise<void> {
  await replace(path, text).catch((error: unknown) => {
    throw storageFailure(error, dirname(path));
  });
}

async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await openRegular(temporary, 'replace');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** Syncs the names in a directory to disk. Not every system can; on those, only the files are synced. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => null);
  try {
    await directory?.sync().catch(() => undefined);
  } finally {
    await directory?.close();
  }
}

/**
 * Null if there is no such file.
 * @throws Failure `storage_failed` when its contents are invalid
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  let text: string;
  try {
    text = await readRegular(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Failure({
    code: 'storage_failed',
    message: `${path} is not valid.`,
    hint: 'It may be damaged, or written by another version of Ringside.',
    detail: parsed.error.message,
    retryable: false,
  });
}
