import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/paths.mjs';
import { outputOf, run } from '../support/processes.mjs';

const UNIT = 'ringside.service';
/** In tenths, on systemd's scale of 0 to 10. */
const MOST_EXPOSED = 20;

export async function hasSystemd() {
  return (await outputOf('systemd-analyze', ['--version'])) !== undefined;
}

/**
 * @param {string} directory
 * @param {import('../test/checks.mjs').Checks} checks
 */
export async function tryUnit(directory, { check }) {
  const path = join(directory, UNIT);
  const text = readFileSync(join(ROOT, 'deploy', 'systemd', UNIT), 'utf8');
  // systemd looks for the program, and this machine may have its Node elsewhere.
  writeFileSync(path, text.replace('=/usr/bin/node ', `=${process.execPath} `));
  const verified = await run('systemd-analyze', ['verify', '--man=no', path]);
  // An unknown key is only a warning.
  check(verified.code === 0 && verified.output === '', `systemd understands all of it ${verified.output}`.trim());
  const security = ['security', '--offline=true', '--no-pager', `--threshold=${MOST_EXPOSED}`, path];
  const { code, output } = await run('systemd-analyze', security);
  const [, exposure = output] = /exposure level for \S+: ([\d.]+)/.exec(output) ?? [];
  check(code === 0, `sees little of its machine: an exposure of ${exposure}`);
}
