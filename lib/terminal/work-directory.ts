import 'server-only';
import { readdirSync } from 'node:fs';
import { UsageError } from './usage';

/**
 * The names in a directory that work is kept in; none where there is no directory yet.
 * @throws UsageError when it cannot be read
 */
export function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new UsageError(`cannot read ${directory}.`, { cause: error });
  }
}

/** @throws UsageError when there is anything in a directory that new work is to be kept in */
export function checkEmpty(directory: string): void {
  if (namesIn(directory).length === 0) return;
  throw new UsageError(`${directory} is not empty. Go on with it by --resume, or choose another directory.`);
}
