import 'server-only';
import { pathToFileURL } from 'node:url';

/** A jar as spark-submit takes it: between commas, so it has none itself. */
export function jarAddress(path: string): string {
  return pathToFileURL(path).href.replaceAll(',', '%2C');
}
