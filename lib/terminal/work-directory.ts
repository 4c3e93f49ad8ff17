import 'server-only';
import { readdirSync } from 'node:fs';
import { LOCK_FILE } from '@/lib/jobs/directory-lock';
import { JOB_FILE } from '@/lib/jobs/work-state';
import { UsageError } from './usage';

/** What is there before work has begun: all that a kill at the very start may leave. */
const BEFORE_WORK: ReadonlySet<string> = new Set([LOCK_FILE, `${JOB_FILE}.tmp`]);

/**
 * The names in a directory that work is kept in; none where there is no directory yet, or nothing has begun in it.
 * @throws UsageError when it cannot be read
 */
export function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).filter((name) => !BEFORE_WORK.has(name));
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
