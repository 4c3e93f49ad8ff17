import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../terminal/bundle.mjs';
import { ROOT, STATE_DIRECTORY } from './paths.mjs';

/** The program of the threads that write an export's parts (lib/export/part-threads.ts), for the server and the prompt. */
export const EXPORT_THREAD = {
  root: ROOT,
  entry: join(ROOT, 'lib', 'export', 'part-program.ts'),
  outFile: join(STATE_DIRECTORY, 'export-thread', 'program.mjs'),
};

/** Bundles the program unless there is one of exactly these sources. */
export function bundleExportThread() {
  return bundle(EXPORT_THREAD);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await bundleExportThread();
