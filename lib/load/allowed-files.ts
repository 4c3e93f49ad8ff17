import 'server-only';
import { opendir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { LoadFiles } from '@/lib/contract/load';
import { Failure } from '@/lib/failure';

/** Entries of one directory that are listed, or loaded. */
const MOST_ENTRIES = 10_000;

/** A file or a directory below one that may be loaded. */
export interface AllowedPath {
  /** Without links. */
  readonly path: string;
  readonly isDirectory: boolean;
}

/**
 * What a path on the server leads to, with every link followed.
 * @param directories those that may be loaded
 * @throws Failure `not_found`, the same for what is not there and what may not be loaded
 */
export async function allowedPath(directories: readonly string[], path: string): Promise<AllowedPath> {
  const [real, ...roots] = await Promise.all([path, ...directories].map((one) => realpath(one).catch(() => null)));
  const isAllowed = (root: string | null | undefined) =>
    root != null && real != null && (real === root || real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`));
  const found = real != null && roots.some(isAllowed) ? await stat(real).catch(() => null) : null;
  if (real == null || found === null || !(found.isFile() || found.isDirectory())) throw notAllowed(path, directories);
  return { path: real, isDirectory: found.isDirectory() };
}

/** The files and directories that may be loaded in one. @throws Failure `not_found` */
export async function listAllowed(directories: readonly string[], path: string | null): Promise<LoadFiles> {
  if (path === null) {
    const entries = await Promise.all(directories.map((root) => entryOf(directories, root, root)));
    return { path, entries: entries.flatMap((entry) => entry ?? []), isCut: false };
  }
  const { path: real, isDirectory } = await allowedPath(directories, path);
  if (!isDirectory) throw notAllowed(path, directories);
  const { names, isCut } = await namesIn(real);
  const entries = await Promise.all(names.map((name) => entryOf(directories, join(real, name), name)));
  return { path: real, entries: entries.flatMap((entry) => entry ?? []), isCut };
}

/** The names in a directory in their order, up to a bound. */
export async function namesIn(path: string): Promise<{ names: string[]; isCut: boolean }> {
  const names: string[] = [];
  for await (const { name } of await opendir(path)) {
    if (names.push(name) > MOST_ENTRIES) break;
  }
  names.sort();
  return { names: names.slice(0, MOST_ENTRIES), isCut: names.length > MOST_ENTRIES };
}

async function entryOf(directories: readonly string[], path: string, name: string) {
  const allowed = await allowedPath(directories, path).catch(() => null);
  const found = allowed === null ? null : await stat(allowed.path).catch(() => null);
  if (allowed === null || found === null) return null;
  const { isDirectory } = allowed;
  return {
    name,
    path,
    kind: isDirectory ? ('directory' as const) : ('file' as const),
    bytes: isDirectory ? null : found.size,
    modifiedAt: found.mtime.toISOString(),
  };
}

function notAllowed(path: string, directories: readonly string[]): Failure {
  return new Failure({
    code: 'not_found',
    message: `There is no file or directory ${path} that may be loaded.`,
    hint:
      directories.length === 0
        ? 'Upload the file, or list directories in load.directories of the configuration.'
        : `Files may be loaded from ${directories.join(', ')}: load.directories of the configuration. Links that lead elsewhere are not followed.`,
    retryable: false,
  });
}
