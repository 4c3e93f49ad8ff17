import 'server-only';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { version } from '@/package.json';
import { parseJson } from './contract/json';
import { ConfigurationError } from './env';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE } from './regular-file';

/**
 * The layout of the data folder: raised when a Ringside writes files that the one before it would misread or damage. Files
 * that only gain keys do not raise it: every version leaves keys alone that it does not know.
 */
export const DATA_LAYOUT = 1;

const MARK = 'layout.json';

const markSchema = z.looseObject({ layout: z.int().min(1), ringside: z.string() });

/** How the folder was found: just made or empty, of this layout, or of an earlier one or without a mark. */
export type FoundFolder = 'new' | 'current' | 'earlier';

/**
 * Makes the data folder if there is none, and marks it with its layout.
 * @throws ConfigurationError when a later Ringside wrote it, the mark is damaged, or it cannot be written to
 */
export function openDataFolder(folder: string): FoundFolder {
  try {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    const mark = readMark(folder);
    if (mark !== null && mark.layout > DATA_LAYOUT) throw later(folder, mark);
    if (mark?.layout === DATA_LAYOUT) return 'current';
    const isNew = mark === null && readdirSync(folder).length === 0;
    writeMark(folder);
    return isNew ? 'new' : 'earlier';
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`RINGSIDE_DATA_DIR: the folder ${folder} cannot be used: ${reason}`, { cause });
  }
}

type Mark = z.output<typeof markSchema>;

function readMark(folder: string): Mark | null {
  const path = join(folder, MARK);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const parsed = markSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    `${path} is not valid, so it does not say which Ringside wrote the folder.\n` +
      `If it was this version or an earlier one, remove the file.`,
  );
}

/** Whole or not at all, also if the machine stops meanwhile. */
function writeMark(folder: string): void {
  const path = join(folder, MARK);
  writeFileSync(`${path}.tmp`, `${JSON.stringify({ layout: DATA_LAYOUT, ringside: version })}\n`, {
    mode: OWNER_ONLY_FILE,
  });
  renameSync(`${path}.tmp`, path);
}

function later(folder: string, { layout, ringside }: Mark): ConfigurationError {
  return new ConfigurationError(
    `The data folder ${folder} was written by Ringside ${ringside} (layout ${layout}); this is ${version} (layout ${DATA_LAYOUT}), which would damage it.\n` +
      `Run ${ringside} or a later version, or restore the copy that was made before the upgrade.`,
  );
}
