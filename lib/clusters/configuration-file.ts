import 'server-only';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '@/lib/failure';
import { OWNER_ONLY_FILE } from '@/lib/regular-file';

const PERMISSIONS = 0o7777;

/** The file itself, where `path` is a link to it; and its folder, which must be writable to replace it. */
async function placeOf(path: string): Promise<{ file: string; folder: string }> {
  const file = await realpath(path).catch(() => path);
  return { file, folder: dirname(file) };
}

/** Why the file cannot be replaced; null: it can. */
export async function whyFixed(path: string): Promise<string | null> {
  const { file, folder } = await placeOf(path);
  const canReplace = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!canReplace) return `Ringside may not write to the folder ${folder}.`;
  const canWrite = await access(file, constants.W_OK).then(
    () => true,
    (error: unknown) => codeOf(error) === 'ENOENT',
  );
  return canWrite ? null : `Ringside may not write to ${file}.`;
}

/**
 * Replaces the file at once: whoever reads it finds the old text or the new one, also after a crash. Its permissions and
 * owner stay; a new file is readable by its owner alone.
 * @throws Failure `storage_failed`; the file is unchanged then
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const { file, folder } = await placeOf(path);
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const before = await stat(file).catch(() => null);
    const handle = await open(temporary, 'wx', OWNER_ONLY_FILE);
    try {
      await handle.writeFile(text);
      if (before !== null) {
        const now = await handle.stat();
        // Before the permissions, which another owner takes away.
        if (now.uid !== before.uid || now.gid !== before.gid) await handle.chown(before.uid, before.gid);
        await handle.chmod(before.mode & PERMISSIONS);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(folder);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw notWritten(file, cause);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  // Not every system can; the text is synced.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function notWritten(file: string, cause: unknown): Failure {
  return new Failure(
    {
      code: 'storage_failed',
      message: `${file} could not be written (${codeOf(cause)}). Nothing has changed.`,
      hint: 'Ringside needs to write to the file and its folder. If the file has another owner, edit it there.',
      retryable: false,
    },
    { cause },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
