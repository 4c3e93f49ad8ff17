import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The objects of an NDJSON file that a job has written: one a line, the last of which is ended too. */
export async function linesOf(directory: string, name: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(directory, name), 'utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line): Record<string, unknown> => JSON.parse(line));
}
