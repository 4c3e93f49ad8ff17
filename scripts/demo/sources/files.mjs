import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The path of a file of the `vega-datasets` package. Its `exports` hide the data folder, so it is found beside the entry.
 * @param {string} name
 */
export function dataFile(name) {
  const entry = createRequire(import.meta.url).resolve('vega-datasets');
  return join(dirname(dirname(entry)), 'data', name);
}
