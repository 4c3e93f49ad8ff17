import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/ports.mjs';
import { run } from '../support/processes.mjs';
import { SSHD, startSshd } from '../test/sshd.mjs';
import { becomesReady, check, checks, docker, HARD, published, TAG, thisMachine } from './engine.mjs';

const NAME = `ringside-test-tunnel-${process.pid}`;

/**
 * A cluster that a container reaches only through an SSH host, which is this machine.
 * @param {string} cassandra an address in another network of the engine
 */
export async function tryTunnel(cassandra) {
  if (!existsSync(SSHD)) return checks.notTried('a cluster behind an SSH host', 'sshd is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'ringside-image-sshd-'));
  const sshd = await startSshd(directory, await thisMachine());
  try {
    // The container's user reads a key that belongs to somebody else, as one that an orchestrator mounts.
    if (process.getuid?.() !== 1000) chmodSync(sshd.path('user'), 0o644);
    chmodSync(directory, 0o755);
    const keys = { identityFile: '/keys/user', knownHostsFile: '/keys/known' };
    const tunnel = { host: sshd.address, port: sshd.port, user: userInfo().username, ...keys };
    const cluster = { name: 'far', contactPoints: [cassandra] };
    await tryClusters(
      [
        { ...cluster, tunnel },
        { ...cluster, name: 'direct' },
      ],
      directory,
    );
  } finally {
    await run('docker', ['rm', '--force', '--volumes', NAME]);
    await sshd.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * @param {readonly object[]} clusters
 * @param {string} keys a folder
 */
async function tryClusters(clusters, keys) {
  const port = await freePort(['127.0.0.1'], 3_800);
  const settings = [...published(port), '-e', `RINGSIDE_CLUSTERS=${JSON.stringify(clusters)}`];
  await docker('run', '--detach', '--name', NAME, ...HARD, '-v', `${keys}:/keys:ro`, ...settings, TAG);
  const url = `http://127.0.0.1:${port}`;
  const schema = (/** @type {string} */ cluster) =>
    fetch(`${url}/api/clusters/${cluster}/schema`, { headers: { 'x-ringside': '1' } });
  check(await becomesReady(port), 'ready with a tunnel');
  const far = await schema('far');
  check(far.ok && (await far.text()).includes('ringside_image'), 'reaches a cluster through an SSH host');
  check((await schema('direct')).status === 503, 'reaches it by no other way');
}
