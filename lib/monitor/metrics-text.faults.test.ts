import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tunnelOf } from '@/lib/cassandra/client/through-tunnel';
import { clusterConfig } from '@/lib/cassandra/test-support';
import type { NetworksConfig } from '@/lib/contract/networks';
import { type Sshd, startSshd } from '@/scripts/test/sshd.mjs';
import { metricsText, metricsWayOf } from './metrics-text';

/** A real sshd on this machine, before a metrics endpoint. */

const directory = mkdtempSync(join(tmpdir(), 'ringside-metrics-sshd-'));
const path = (name: string) => join(directory, name);
const EXPORTER = '127.0.97.1';
const PATIENT = { timeout: 60_000, interval: 200 };
const server = createServer(({ headers }, response) => response.end(`asked ${headers.host}`));
let sshd: Sshd;

beforeAll(async () => {
  sshd = await startSshd(directory);
  server.listen(0, EXPORTER);
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await tunnelOf(config())?.end();
  await sshd.stop();
  rmSync(directory, { recursive: true, force: true });
});

function config(networks?: NetworksConfig) {
  const tunnel = {
    ...{ host: sshd.address, port: sshd.port, user: userInfo().username },
    ...{ identityFile: path('user'), knownHostsFile: path('known') },
  };
  return { ...clusterConfig({ tunnel }), ...(networks === undefined ? {} : { networks }) };
}

const ask = (url: string, networks?: NetworksConfig) => metricsText(url, metricsWayOf(config(networks)), 20_000);

describe('metrics of a cluster behind an SSH host', { timeout: 120_000 }, () => {
  it('are asked through its tunnel, and by no other way', async () => {
    const { port }: AddressInfo = Object(server.address());
    const url = `http://${EXPORTER}:${port}/metrics`;
    expect(await ask(url)).toBe(`asked ${EXPORTER}:${port}`);
    await sshd.stop();
    await expect(ask(url)).rejects.toThrow();
    await sshd.start();
    await expect.poll(() => ask(url).catch(String), PATIENT).toBe(`asked ${EXPORTER}:${port}`);
  });

  it('say that the SSH host does not reach them, and are not asked where networks deny it', async () => {
    await expect(ask('http://127.0.97.99:1/metrics')).rejects.toThrow('the SSH host does not reach it');
    const denied = ask(`http://${EXPORTER}:1/metrics`, { allow: ['127.0.0.1'], deny: [] });
    await expect(denied).rejects.toThrow('networks.allow does not contain');
  });
});
