import 'server-only';
import { join, resolve } from 'node:path';
import { type DemoProgress, demoProgressSchema } from './contract/clusters';
import { readEnvironment } from './env';
import { readRegular } from './regular-file';

/** How far `npm start` has loaded the demo data, from its loader's status file; null if it loads none. */
export async function demoProgress(): Promise<DemoProgress | null> {
  try {
    const text = await readRegular(join(resolve(readEnvironment().RINGSIDE_DATA_DIR), 'demo.json'));
    return demoProgressSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // No file, or one that is being replaced: as far as we can tell now, nothing is loading.
    return null;
  }
}
