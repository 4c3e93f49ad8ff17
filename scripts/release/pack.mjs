import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleExportThread, EXPORT_THREAD } from '../support/export-thread.mjs';
import { ROOT } from '../support/paths.mjs';
import { run } from '../support/processes.mjs';
import { COMMON_JS } from '../terminal/bundle.mjs';

/**
 * The name that the command line is packed under. The bare npm name `ringside` belongs to somebody else; nothing is
 * published under this one, which keeps `npm install` from ever looking for another.
 */
const NAME = '@ringside/cli';
const LICENCE = /^(licen[cs]e|notice|copying)([.-].*)?$/i;
/** The shebang must be the first line. */
const HEAD = `#!/usr/bin/env node\n${COMMON_JS}`;

/**
 * @typedef {object} Project
 * @property {string} version
 * @property {string} license
 * @property {{ node: string }} engines
 */

/** @returns {Project} what package.json says of the project */
export function project() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/** @returns {string} what `docker build` tags this version with; compose.yaml names the same */
export function imageTag() {
  return `ringside:${project().version}`;
}

/**
 * Packs the command line: one file with all that it imports, another for its writing threads, licences and a README.
 * @param {string} directory where the tarball goes
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<string>} its path
 */
export async function pack(directory, { signal } = {}) {
  const { version, license, engines } = project();
  const staging = mkdtempSync(join(tmpdir(), 'ringside-pack-'));
  try {
    const inputs = await bundle(join(staging, 'ringside.mjs'));
    await bundleExportThread();
    cpSync(EXPORT_THREAD.outFile, join(staging, 'export-thread.mjs'));
    const manifest = {
      ...{ name: NAME, version, license, private: true, type: 'module', engines },
      description: 'Exports and counts the rows of Apache Cassandra: the command line of Ringside.',
      bin: { ringside: 'ringside.mjs' },
      files: ['ringside.mjs', 'export-thread.mjs', 'THIRD-PARTY.txt'],
    };
    writeFileSync(join(staging, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    writeFileSync(join(staging, 'THIRD-PARTY.txt'), licencesOf(inputs));
    cpSync(join(ROOT, 'LICENSE'), join(staging, 'LICENSE'));
    cpSync(join(ROOT, 'scripts', 'release', 'README.md'), join(staging, 'README.md'));
    mkdirSync(directory, { recursive: true });
    const args = ['pack', '--silent', '--pack-destination', directory];
    const { code, output } = await run('npm', args, { cwd: staging, ...(signal === undefined ? {} : { signal }) });
    if (code !== 0) throw new Error(`npm pack ended with ${code}: ${output}`);
    return join(directory, `${NAME.replace('@', '').replace('/', '-')}-${version}.tgz`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @param {string} outfile @returns {Promise<string[]>} the files that it was made of, relative to the project */
async function bundle(outfile) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, 'scripts', 'release', 'cli.mjs')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.9',
    format: 'esm',
    alias: { '@': ROOT, 'server-only': join(ROOT, 'node_modules', 'server-only', 'empty.js') },
    banner: { js: HEAD },
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  chmodSync(outfile, 0o755);
  return Object.keys(metafile.inputs);
}

/**
 * The licences of the packages that are in the bundle, which ask to go with their code.
 * @param {readonly string[]} inputs
 * @returns {string}
 */
function licencesOf(inputs) {
  const folders = inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(folders)].sort().map(licenceOf).join('\n\n');
}

/** @param {string} folder of a package, relative to the project @returns {string} */
function licenceOf(folder) {
  const path = join(ROOT, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const texts = readdirSync(path)
    .filter((file) => LICENCE.test(file) && existsSync(join(path, file)))
    .map((file) => readFileSync(join(path, file), 'utf8').trim());
  return [`── ${name} ${version} (${license ?? 'see below'})`, ...texts].join('\n\n');
}
