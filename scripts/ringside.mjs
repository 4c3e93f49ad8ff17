#!/usr/bin/env node
/**
 * `ringside export …`: the command line of this checkout (a release has it as a tarball). It works from any folder and
 * installs and builds what it needs on first use. Standard output is for rows only: messages go to standard error. See
 * lib/terminal/.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXPORT_THREAD } from './support/export-thread.mjs';
import { checkNode } from './support/install.mjs';
import { ROOT, STATE_DIRECTORY } from './support/paths.mjs';
import { explain, Problem } from './support/problem.mjs';
import { bundle, isCurrent } from './terminal/bundle.mjs';
import { environmentOf } from './terminal/environment.mjs';

const places = {
  root: ROOT,
  entry: join(ROOT, 'lib', 'terminal', 'main.ts'),
  outFile: join(STATE_DIRECTORY, 'terminal', 'ringside.mjs'),
};

try {
  checkNode();
  if (!existsSync(join(ROOT, 'node_modules', '.package-lock.json')) || ![places, EXPORT_THREAD].every(isCurrent))
    await prepare();
  Object.assign(process.env, await environmentOf(process.env, process.cwd()));
  // Node 22 and later cache compiled code, which halves startup.
  Reflect.get(module, 'enableCompileCache')?.(join(STATE_DIRECTORY, 'terminal', 'compiled'));
  await import(pathToFileURL(places.outFile).href);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

async function prepare() {
  const script = join(ROOT, 'scripts', 'bootstrap.mjs');
  const { status } = spawnSync(process.execPath, [script], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0)
    throw new Problem('The dependencies are not installed.', 'Fix the problem above, then run the command again.');
  await bundle(places);
  await bundle(EXPORT_THREAD);
}
