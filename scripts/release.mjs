/**
 * `npm run release`: checks that this commit can be released, packs the command line into `dist/` and prints the tag of
 * the image. It publishes nothing. See docs/releasing.md.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { releasesOf } from './release/changelog.mjs';
import { imageTag, pack, project } from './release/pack.mjs';
import { checkNode, install } from './support/install.mjs';
import { ROOT } from './support/paths.mjs';
import { explain, Problem } from './support/problem.mjs';
import { run } from './support/processes.mjs';
import { say } from './support/progress.mjs';

try {
  checkNode();
  await install();
  const { version } = project();
  await checkClean();
  checkChangelog(version);
  const tarball = await pack(join(ROOT, 'dist'));
  say(`✓ The command line: ${relative(ROOT, tarball)}`);
  say(`✓ The image's tag: ${imageTag()}   (docker compose build ringside)`);
  say(`  The commit's tag: v${version}   (git tag v${version})`);
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
}

async function checkClean() {
  const { code, output } = await run('git', ['status', '--porcelain'], { cwd: ROOT });
  if (code !== 0) throw new Problem('This is no git checkout.', 'Release from a clone of the project.');
  if (output.trim() !== '') {
    throw new Problem('There are changes that are not committed.', `Commit or undo them first:\n${output.trimEnd()}`);
  }
}

/** @param {string} version */
function checkChangelog(version) {
  const [newest] = releasesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'));
  if (newest?.version === version && newest.changes !== '') return;
  throw new Problem(
    `CHANGELOG.md does not say what is new in ${version}.`,
    `Under "## Unreleased" add "## ${version} (YYYY-MM-DD)", and move the changes there.`,
  );
}
