import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterConfig } from '@/lib/cassandra/test-support';
import type { ClusterConfigInput } from '@/lib/contract/configuration';
import type { TunnelConfig } from '@/lib/contract/tunnel';
import { type Sshd, startSshd } from '@/scripts/test/sshd.mjs';
import { NODE_LOCAL_PROFILE } from './client-options';
import { Cluster } from './cluster';
import { testThroughTunnel } from './connect-test-tunnel';
import { toFailure } from './errors';
import { tunnelOf } from './through-tunnel';

/** A real sshd on this machine, with keys made for it, before the nodes of the tests' ring. */

const directory = mkdtempSync(join(tmpdir(), 'ringside-sshd-'));
const path = (name: string) => join(directory, name);
const PATIENT = { timeout: 60_000, interval: 200 };

let sshd: Sshd;
const clusters: Cluster[] = [];

beforeAll(async () => {
  sshd = await startSshd(directory);
  writeFileSync(path('none'), '');
  writeFileSync(path('changed'), `[${sshd.address}]:${sshd.port} ${readFileSync(path('other.pub'), 'utf8')}`);
});
afterAll(async () => {
  for (const cluster of clusters) await cluster.close();
  await sshd.stop();
  rmSync(directory, { recursive: true, force: true });
});

function tunneled(
  change: Partial<TunnelConfig> = {},
  contactPoints?: string[],
  more: Partial<ClusterConfigInput> = {},
) {
  const tunnel = {
    ...{ host: sshd.address, port: sshd.port, user: userInfo().username },
    ...{ identityFile: path('user'), knownHostsFile: path('known') },
    ...change,
  };
  const config = clusterConfig({ tunnel, ...more, ...(contactPoints === undefined ? {} : { contactPoints }) });
  const cluster = new Cluster(config);
  clusters.push(cluster);
  return { config, cluster };
}

/** Every node by its address, as it says itself. */
async function addressesOf(cluster: Cluster): Promise<string[]> {
  const client = await cluster.client();
  const asked = client.hosts.values().map(async (host) => {
    const { rows } = await client.execute('SELECT rpc_address FROM system.local', [], {
      ...{ executionProfile: NODE_LOCAL_PROFILE, host },
    });
    return [String(rows[0]?.rpc_address), host.address.split(':')[0]] as const;
  });
  return (await Promise.all(asked)).map(([said, known]) => (said === known ? said : `${said}≠${known}`)).sort();
}

describe('a cluster behind an SSH host', { timeout: 120_000 }, () => {
  it('has all of its nodes, each by its own address, and is there again after the SSH host was away', async () => {
    const { config, cluster } = tunneled();
    const nodes = (await cluster.client()).hosts.length;
    // The driver opens connections to nodes while it asks the first ones.
    await expect.poll(() => addressesOf(cluster).catch(() => null), PATIENT).toHaveLength(nodes);
    const addresses = await addressesOf(cluster);
    expect(addresses.join()).not.toContain('≠');
    expect((await testThroughTunnel(config)).steps.map(({ step, status }) => [step, status])).toEqual([
      ['ssh', 'ok'],
      ['tcp', 'ok'],
      ['login', 'ok'],
      ['datacenter', 'ok'],
    ]);
    await sshd.stop();
    // Nothing leads to the nodes but the tunnel.
    await expect
      .poll(
        () =>
          addressesOf(cluster).then(
            () => null,
            (error: unknown) => toFailure(error).error.code,
          ),
        PATIENT,
      )
      .toBe('cluster_unreachable');
    await sshd.start();
    await expect.poll(() => addressesOf(cluster).catch(() => null), PATIENT).toEqual(addresses);
    await tunnelOf(config)?.end();
    await expect.poll(() => addressesOf(cluster).catch(() => null), PATIENT).toEqual(addresses);
  });

  it.each<[string, Partial<TunnelConfig>, string]>([
    ['a host whose key is not known', { knownHostsFile: path('none') }, 'is not known'],
    ['a host with another key', { knownHostsFile: path('changed') }, 'another key'],
    ['a key that is not let in', { identityFile: path('other') }, 'refused'],
    ['a port where nothing listens', { port: 1 }, 'cannot be reached'],
  ])('is not reached by %s, and the test says so', async (_what, change, why) => {
    const { config, cluster } = tunneled(change);
    const { error } = await cluster.client().then(() => ({ error: null }), toFailure);
    expect(error?.code).toBe('cluster_unreachable');
    const { ok, steps } = await testThroughTunnel(config);
    expect(ok).toBe(false);
    expect(steps).toEqual([
      expect.objectContaining({ step: 'ssh', status: 'failed', message: expect.stringContaining(why) }),
    ]);
  });

  it('checks a certificate for the address of its node, although the socket has none', async () => {
    const address = '127.0.98.1';
    const name = ['-subj', '/CN=somebody else', '-addext', 'subjectAltName=IP:127.0.98.2'];
    const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', ...made, ...name, '-keyout', path('key.pem'), '-out', path('cert.pem')], {
      stdio: 'ignore',
    });
    const server = createServer({ cert: readFileSync(path('cert.pem')), key: readFileSync(path('key.pem')) });
    server.on('tlsClientError', () => undefined).listen(0, address);
    await once(server, 'listening');
    const { port: tlsPort }: AddressInfo = Object(server.address());
    const { cluster } = tunneled({}, [`${address}:${tlsPort}`], { tls: { ca: path('cert.pem') } });
    const { error } = await cluster.client().then(() => ({ error: null }), toFailure);
    expect(JSON.stringify(error)).toContain(`IP: ${address} is not in the cert's list`);
    server.close();
  });

  it('says that the SSH host does not reach a node', async () => {
    const { config } = tunneled({}, ['127.0.99.99']);
    const { steps } = await testThroughTunnel(config);
    expect(steps).toMatchObject([
      { step: 'ssh', status: 'ok' },
      { step: 'tcp', status: 'failed', message: expect.stringContaining('127.0.99.99') },
    ]);
  });
});
