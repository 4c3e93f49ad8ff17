import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder that looks like a Spark, for tests of what is found.
 * @param says what its spark-submit prints
 * @returns its home
 */
export function sparkHome(folder: string, { jar, says = '' }: { jar?: string; says?: string } = {}): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'spark-submit'), `#!/bin/sh\ncat <<END >&2\n${says}\nEND\n`);
  chmodSync(join(bin, 'spark-submit'), 0o755);
  if (jar !== undefined) {
    mkdirSync(join(folder, 'jars'));
    writeFileSync(join(folder, 'jars', jar), '');
  }
  return folder;
}
