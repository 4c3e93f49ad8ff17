import 'server-only';
import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readLoadSettings } from '@/lib/config';
import { invalidRequest } from '@/lib/failure';
import { readManifest } from '@/lib/jobs/work-directory';
import { CHECKPOINT_FILE, MANIFEST_FILE, manifestSchema } from '@/lib/jobs/work-state';
import { allowedPath, namesIn } from './allowed-files';
import type { InputFile } from './job-request';

/** Files of a load, in the order in which they are read. */
export interface FoundFiles {
  readonly files: readonly InputFile[];
  /** Ringside exported them. */
  readonly isExport: boolean;
}

/** A file as it is now. @param name for people */
export async function inputFile(path: string, name = basename(path)): Promise<InputFile> {
  const { size, mtimeMs } = await lstat(path);
  return { name, path, bytes: size, modifiedMs: mtimeMs, sha256: null };
}

/** The file at a path of this server, or the files of a directory. @throws Failure `not_found`, `invalid_request` */
export async function filesOnServer(path: string): Promise<FoundFiles> {
  const allowed = await allowedPath(readLoadSettings().directories, path);
  if (allowed.isDirectory) return filesIn(allowed.path);
  return { files: [await inputFile(allowed.path)], isExport: false };
}

/**
 * The files of a directory in the order of their names, without those in its directories and hidden ones. Of an export they
 * are the parts that its manifest lists, each with its SHA-256.
 * @throws Failure `invalid_request` when there are none, or too many, or the export is not complete
 */
export async function filesIn(directory: string): Promise<FoundFiles> {
  const { names, isCut } = await namesIn(directory);
  if (names.includes(MANIFEST_FILE) || names.includes(CHECKPOINT_FILE)) return exportIn(directory);
  if (isCut) throw invalidRequest(`${directory} has too many files.`, 'Load them in several directories.');
  const files: InputFile[] = [];
  for (const name of names) {
    const path = join(directory, name);
    if (!name.startsWith('.') && (await lstat(path)).isFile()) files.push(await inputFile(path));
  }
  if (files.length === 0) throw invalidRequest(`${directory} has no files.`);
  return { files, isExport: false };
}

async function exportIn(directory: string): Promise<FoundFiles> {
  const manifest = await readManifest(directory, manifestSchema);
  if (manifest?.isComplete !== true) {
    throw invalidRequest(
      `The export in ${directory} is not complete, so rows would be missing.`,
      'Finish the export first, or load its parts one by one.',
    );
  }
  const files: InputFile[] = [];
  for (const { name, sha256, bytes } of manifest.parts) {
    const file = await inputFile(join(directory, basename(name))).catch(() => null);
    if (file?.bytes !== bytes) throw invalidRequest(`${name} of the export in ${directory} is missing or has changed.`);
    files.push({ ...file, sha256 });
  }
  if (files.length === 0) throw invalidRequest(`The export in ${directory} has no rows.`);
  return { files, isExport: true };
}
