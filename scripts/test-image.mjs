/**
 * `npm run test:image`: builds the image and tries it: not root, a read-only root, no package manager, its health, its
 * metrics, a page, that it stops when asked, and a sign-in; with Compose also compose.yaml, and a cluster behind an SSH host.
 * It needs a container engine, and a registry unless `RINGSIDE_NODE_IMAGE` and `RINGSIDE_CASSANDRA_IMAGE` name images that
 * are already there. Engines without a bridge: RINGSIDE_IMAGE_NETWORK=host.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/paths.mjs';
import { freePort } from './support/ports.mjs';
import { run } from './support/processes.mjs';
import { findCompose, tryCompose } from './test-image/compose.mjs';
import { tryDataFolder } from './test-image/data-folder.mjs';
import { becomesReady, check, checks, docker, HARD, network, output, published, TAG } from './test-image/engine.mjs';
import { trySignIn } from './test-image/sign-in.mjs';
import { tryTunnel } from './test-image/tunnel.mjs';

const NAME = `ringside-test-${process.pid}`;
const TOKEN = 'the-token-of-this-test';
/** Of all layers, compressed. */
const MOST_BYTES = 300e6;

const { RINGSIDE_NODE_IMAGE: base } = process.env;

async function build() {
  const from = base ? ['--build-arg', `NODE_IMAGE=${base}`] : [];
  const through = network ? ['--network', network] : [];
  await docker('build', ...through, ...from, '--tag', TAG, '.');
}

async function weigh() {
  const bytes = Number(await output('sh', ['-c', `docker save ${TAG} | gzip -6 | wc -c`]));
  check(bytes > 0 && bytes < MOST_BYTES, `under 300 MB: ${Math.round(bytes / 1e6)} MB compressed`);
}

/** @param {number} port */
async function start(port) {
  const settings = ['-e', `RINGSIDE_METRICS_TOKEN=${TOKEN}`, '-e', 'RINGSIDE_LOG=json'];
  // A cluster that is away: readiness must not depend on it.
  const cluster = ['-e', 'RINGSIDE_CONTACT_POINTS=127.0.0.99'];
  await docker('run', '--detach', '--name', NAME, ...HARD, ...published(port), ...settings, ...cluster, TAG);
}

/** @param {string} script runs in the container */
const inside = (script) => docker('exec', NAME, 'sh', '-c', script);

/** @param {number} port */
async function tryPages(port) {
  const url = `http://127.0.0.1:${port}`;
  const get = (/** @type {string} */ path, headers = {}) => fetch(`${url}${path}`, { headers });
  check(await becomesReady(port), 'ready, though its cluster is away');
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
  const lines = (await output('sh', ['-c', `docker logs ${NAME} 2>&1`])).split('\n').filter((line) => line !== '');
  check(
    lines.every((line) => line.startsWith('{"time":')),
    'logs nothing but JSON',
  );
}

async function tryImage() {
  try {
    const port = await freePort(['127.0.0.1'], 3_600);
    await start(port);
    await tryPages(port);
    await tryInside();
    await tryStop();
  } finally {
    await run('docker', ['rm', '--force', '--volumes', NAME]);
  }
}

/** compose.yaml, and what needs its networks. */
async function tryNetworks() {
  const what = 'compose.yaml, and a cluster behind an SSH host';
  const compose = await findCompose();
  if (network !== undefined) checks.notTried(what, 'the engine has no bridge network');
  else if (compose === undefined) checks.notTried(what, 'Compose is not installed');
  else await checks.part(`compose.yaml, with ${compose.name}`, () => tryCompose(compose, tryTunnel));
}

if (base) checks.notTried('the base image that the Dockerfile names', `RINGSIDE_NODE_IMAGE is ${base}`);
if (await checks.part('building the image', build)) {
  await checks.part('its size', weigh);
  await checks.part('one person', tryImage);
  await checks.part('data folders of other versions', tryDataFolder);
  await checks.part('a sign-in', trySignIn);
  await tryNetworks();
}
process.exitCode = checks.close();
