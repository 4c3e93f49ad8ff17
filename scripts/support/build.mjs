import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bundleConnectTest } from './connect-test.mjs';
import { bundleExportThread } from './export-thread.mjs';
import { LOG_DIRECTORY, ROOT } from './paths.mjs';
import { OWNER_ONLY_FILE, privateDirectory } from './private.mjs';
import { Problem } from './problem.mjs';
import { run } from './processes.mjs';
import { say, step } from './progress.mjs';
import { shareChunksOfBuild } from './share-chunks.mjs';

/** The sources of a production build; changes elsewhere need no rebuild. */
const SOURCE_FOLDERS = ['app', 'components', 'lib', 'public'];
const SOURCE_FILE =
  /^(package(-lock)?\.json|tsconfig\.json|(next|postcss|tailwind)\.config\.[cm]?[jt]s|(instrumentation(-client)?)\.[jt]s)$/;
/** Tests, and what `next dev` alone has: states of shared parts and the page that shows them. */
const NOT_BUILT = /\.(test|states|dev)\.tsx?$/;
/** What next.config.js runs in a build. */
const CONFIG_SCRIPT = join('scripts', 'support', 'zod-mini.mjs');

/** next as a Node script, without a shell or npm in between that would have to be killed too. */
const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');

/**
 * @param {string} root
 * @returns {string[]} paths of the sources of a build, sorted
 */
export function sourceFiles(root) {
  const inFolders = SOURCE_FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name))),
  );
  const inRoot = readdirSync(root).filter((name) => SOURCE_FILE.test(name));
  return [...inFolders, ...inRoot, ...[CONFIG_SCRIPT].filter((path) => existsSync(join(root, path)))].sort();
}

/**
 * @param {string} root
 * @returns {string} changes whenever a source's name or content does
 */
export function sourcesDigest(root) {
  const hash = createHash('sha256').update(process.version.split('.')[0] ?? '');
  for (const path of sourceFiles(root)) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Builds unless there is a build of exactly these sources.
 * @param {{ signal?: AbortSignal | undefined }} [options]
 * @throws {Problem} when the build fails
 */
export async function build({ signal } = {}) {
  await bundleConnectTest();
  await bundleExportThread();
  // Inside the build's folder, so that deleting the build deletes this too.
  const stampPath = join(ROOT, '.next', 'ringside-sources');
  const digest = sourcesDigest(ROOT);
  if (
    existsSync(join(ROOT, '.next', 'BUILD_ID')) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, 'utf8') === digest
  ) {
    say('✓ The build is up to date');
    return;
  }
  await runNextBuild(signal);
  writeFileSync(stampPath, digest);
}

/**
 * @param {AbortSignal | undefined} signal
 * @throws {Problem} when the build fails
 */
async function runNextBuild(signal) {
  privateDirectory(LOG_DIRECTORY);
  const logPath = join(LOG_DIRECTORY, 'build.log');
  const log = createWriteStream(logPath, { mode: OWNER_ONLY_FILE });
  const building = step('Building (next build)');
  try {
    const { code } = await run(process.execPath, [NEXT, 'build'], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        RINGSIDE_TYPES_CHECKED: 'elsewhere',
      },
      signal,
      onLine(line) {
        log.write(`${line}\n`);
        if (line.trim() !== '') building.update(line.trim());
      },
    });
    await new Promise((resolve) => log.end(resolve));
    if (code !== 0)
      throw new Problem(
        'The build failed.',
        'The log says where. After a `git pull`, running `npm ci` and trying again may be enough.',
        { logPath },
      );
  } finally {
    log.end();
  }
  shareChunksOfBuild();
  building.done('Built');
}
