import 'server-only';
import { join, resolve } from 'node:path';
import { type DemoProgress, demoProgressSchema } from './contract/clusters';
import { readEnvironment } from './env';
import { readRegular } from './regular-file';

/** How far `npm start` has loaded the demo data, from the file its loader keeps; null where none is loaded. */
export async function demoProgress(): Promise<DemoProgress | null> {
  try {
    const text = await readRegular(join(resolve(readEnvironment().RINGSIDE_DATA_DIR), 'demo.json'));
    return demoProgressSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // No file, or one that is being replaced: nothing is loading as far as this moment tells.
    return null;
  }
}
