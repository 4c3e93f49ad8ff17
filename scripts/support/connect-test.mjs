import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../terminal/bundle.mjs';
import { ROOT, STATE_DIRECTORY } from './paths.mjs';

/** The program that the server starts to test a connection (lib/cassandra/client/connect-test-process.ts). */
export const CONNECT_TEST = {
  root: ROOT,
  entry: join(ROOT, 'lib', 'cassandra', 'client', 'connect-test-program.ts'),
  outFile: join(STATE_DIRECTORY, 'connect-test', 'program.mjs'),
};

/** Bundles the program unless there is one of exactly these sources. */
export function bundleConnectTest() {
  return bundle(CONNECT_TEST);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundleConnectTest();
