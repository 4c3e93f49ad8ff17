import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../support/ports.mjs';
import { run } from '../support/processes.mjs';
import { becomesReady, check, docker, HARD, published, TAG, thisMachine } from './engine.mjs';

const NAME = `ringside-test-people-${process.pid}`;
const ORIGIN = 'https://ringside.example.com';
const PASSWORD = 'a long phrase for one test';

/** People sign in to a container that a proxy with TLS reaches by another name. */
export async function trySignIn() {
  const directory = mkdtempSync(join(tmpdir(), 'ringside-image-people-'));
  try {
    const port = await freePort(['127.0.0.1'], 3_900);
    const config = {
      clusters: [{ name: 'away', contactPoints: ['127.0.0.99'] }],
      signIn: { origin: ORIGIN, local: {} },
      roles: [{ name: 'all', subjects: [{ group: 'staff' }], as: 'viewer' }],
    };
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config), { mode: 0o644 });
    const settings = ['-v', `${join(directory, 'config.json')}:/config.json:ro`, '-e', 'RINGSIDE_CONFIG=/config.json'];
    const trusted = ['-e', `RINGSIDE_TRUSTED_PROXIES=${await thisMachine()}`];
    await docker('run', '--detach', '--name', NAME, ...HARD, ...settings, ...trusted, ...published(port), TAG);
    check(await becomesReady(port, new URL(ORIGIN).host), 'ready with a sign-in');
    await docker('exec', NAME, 'sh', '-c', `echo '${PASSWORD}' | ringside user add anna --groups staff`);
    await signIn(port);
  } finally {
    await run('docker', ['rm', '--force', '--volumes', NAME]);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {number} port */
async function signIn(port) {
  check((await asProxy(port, 'GET', '/api/clusters')).status === 401, 'shows nothing to strangers');
  const wrong = JSON.stringify({ name: 'anna', password: 'not that phrase' });
  check((await asProxy(port, 'POST', '/api/sign-in', { body: wrong })).status === 403, 'refuses a wrong password');
  const right = JSON.stringify({ name: 'anna', password: PASSWORD });
  const { status, cookies } = await asProxy(port, 'POST', '/api/sign-in', { body: right });
  check(status === 204 && cookies.some((cookie) => cookie.startsWith('__Host-')), 'signs a person in');
  const cookie = cookies.map((each) => each.split(';', 1)[0]).join('; ');
  const me = await asProxy(port, 'GET', '/api/sign-in', { cookie });
  check(me.body.includes('"anna"') && me.body.includes('staff'), 'knows who they are');
  check((await asProxy(port, 'GET', '/api/clusters', { cookie })).body.includes('away'), 'shows them their clusters');
}

/**
 * What a proxy passes on that ends TLS.
 * @param {number} port
 * @param {string} method
 * @param {string} path
 * @param {{ body?: string, cookie?: string }} [sent]
 */
async function asProxy(port, method, path, { body, cookie } = {}) {
  const headers = {
    ...{ host: new URL(ORIGIN).host, 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7', 'x-ringside': '1' },
    ...(body === undefined ? {} : { origin: ORIGIN, 'content-type': 'application/json' }),
    ...(cookie === undefined ? {} : { cookie }),
  };
  /** @type {import('node:http').IncomingMessage} */
  const response = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers }, resolve).once('error', reject).end(body);
  });
  return { status: response.statusCode, cookies: response.headers['set-cookie'] ?? [], body: await text(response) };
}
