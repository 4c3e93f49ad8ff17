/**
 * `npm run test:image`: builds the image and tries it: not root, a read-only root, no package manager, its health, its
 * metrics, a page, and that it stops when asked. It needs a container engine, and a registry unless `RINGSIDE_NODE_IMAGE`
 * names a base image with Node that is already there. Engines without a bridge: RINGSIDE_IMAGE_NETWORK=host.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/paths.mjs';
import { freePort } from './support/ports.mjs';
import { explain, Problem } from './support/problem.mjs';
import { run } from './support/processes.mjs';
import { say } from './support/progress.mjs';
import { until } from './support/until.mjs';

const TAG = 'ringside:test';
const NAME = `ringside-test-${process.pid}`;
const TOKEN = 'the-token-of-this-test';
/** Of all layers, compressed. */
const MOST_BYTES = 300e6;

const { RINGSIDE_NODE_IMAGE: base, RINGSIDE_IMAGE_NETWORK: network } = process.env;

/**
 * @param {string} command of a shell, or the engine's arguments
 * @param {readonly string[]} args
 */
async function output(command, args) {
  const { code, output: text } = await run(command, args, { cwd: ROOT, env: { ...process.env, DOCKER_BUILDKIT: '0' } });
  if (code === 0) return text.trim();
  throw new Problem(`${command} ${args[0]} failed.`, text.trimEnd().split('\n').slice(-15).join('\n'));
}

/** @param {readonly string[]} args */
const docker = (...args) => output('docker', args);

/**
 * @param {boolean} is
 * @param {string} what
 */
function check(is, what) {
  if (!is) throw new Problem(`The image fails: ${what}.`, 'Look at the Dockerfile.');
  say(`✓ ${what}`);
}

async function build() {
  const from = base ? ['--build-arg', `NODE_IMAGE=${base}`] : [];
  const through = network ? ['--network', network] : [];
  await docker('build', ...through, ...from, '--tag', TAG, '.');
  const bytes = Number(await output('sh', ['-c', `docker save ${TAG} | gzip -6 | wc -c`]));
  check(bytes < MOST_BYTES, `${Math.round(bytes / 1e6)} MB compressed`);
}

/** @param {number} port */
async function start(port) {
  const where =
    network === 'host' ? ['--network', 'host', '-e', 'HOST=127.0.0.1'] : ['-p', `127.0.0.1:${port}:${port}`];
  const hard = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
  const settings = ['-e', `PORT=${port}`, '-e', `RINGSIDE_METRICS_TOKEN=${TOKEN}`, '-e', 'RINGSIDE_LOG=json'];
  // A cluster that is away: readiness must not depend on it.
  const cluster = ['-e', 'RINGSIDE_CONTACT_POINTS=127.0.0.99'];
  await docker('run', '--detach', '--name', NAME, ...where, ...hard, ...settings, ...cluster, TAG);
}

/** @param {string} script runs in the container */
const inside = (script) => docker('exec', NAME, 'sh', '-c', script);

/** @param {string} url */
async function tryPages(url) {
  const get = (/** @type {string} */ path, headers = {}) => fetch(`${url}${path}`, { headers });
  const isReady = async () => (await get('/readyz').catch(() => null))?.ok === true;
  check((await until(isReady, { timeoutMs: 60_000, everyMs: 200 })) === true, 'ready, though its cluster is away');
  check((await get('/healthz')).ok, 'alive');
  check((await (await get('/cassandra')).text()).includes('Ringside'), 'serves a page');
  const metrics = await (await get('/metrics', { authorization: `Bearer ${TOKEN}` })).text();
  check(metrics.includes('ringside_streams_open 0'), 'has metrics');
}

async function tryInside() {
  check((await inside('id -u')) === '1000', 'not root');
  check((await inside('touch /ringside/x 2>&1 || true')).includes('Read-only'), 'a read-only root');
  check((await inside('command -v npm yarn corepack gcc make || true')) === '', 'no package manager, no compiler');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  check((await inside('ringside --version')).includes(version), 'the command line');
  check((await inside('node server/healthy.mjs && echo well')).endsWith('well'), 'its health check');
  const bom = JSON.parse(await inside('cat sbom.json'));
  check(
    bom.components.some((/** @type {{ name: string }} */ { name }) => name === 'next'),
    'a bill of materials',
  );
}

async function tryStop() {
  await docker('stop', '--time', '20', NAME);
  check((await docker('inspect', '--format', '{{.State.ExitCode}}', NAME)) === '0', 'stops when asked');
  const lines = (await docker('logs', NAME)).split('\n').filter((line) => line !== '');
  check(
    lines.every((line) => line.startsWith('{"time":')),
    'logs nothing but JSON',
  );
}

try {
  await build();
  const port = await freePort(['127.0.0.1'], 3_600);
  await start(port);
  await tryPages(`http://127.0.0.1:${port}`);
  await tryInside();
  await tryStop();
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
} finally {
  await run('docker', ['rm', '--force', NAME]);
}
