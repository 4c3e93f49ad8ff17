import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain, Problem } from './problem.mjs';
import { run } from './processes.mjs';
import { say, step } from './progress.mjs';

/**
 * The program `node SCRIPT BASE TAG`: builds an image that stands in for an official one, from a base image.
 * @param {string} script its path, for the line of usage
 * @param {(context: string) => Promise<void>} fill writes everything that goes into the image, its Dockerfile included, into
 *   a folder
 */
export async function buildStandIn(script, fill) {
  const [base, tag] = process.argv.slice(2);
  const context = mkdtempSync(join(tmpdir(), 'ringside-image-'));
  try {
    if (base === undefined || tag === undefined)
      throw new Problem('The base image or the tag is missing.', `Usage: node ${script} BASE TAG`);
    const building = step(`Building the image ${tag}`);
    await fill(context);
    const { code, output } = await run('docker', ['build', '--build-arg', `BASE=${base}`, '--tag', tag, context], {
      // Every engine has the classic builder, and it needs no front end from a registry.
      env: { ...process.env, DOCKER_BUILDKIT: '0' },
      onLine: building.update,
    });
    if (code !== 0) throw new Problem(`The image ${tag} could not be built.`, output.split('\n').slice(-10).join('\n'));
    building.done(`Built the image ${tag}`);
  } catch (error) {
    say(explain(error));
    process.exitCode = 1;
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}
