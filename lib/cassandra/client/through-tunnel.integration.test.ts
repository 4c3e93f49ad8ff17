import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'cassandra-driver';
import { expect, it } from 'vitest';
import { clusterConfig } from '@/lib/cassandra/test-support';
import { discoveryOptions } from './client-options';
import { ledBy } from './through-tunnel';

it('opens connections at a socket, and goes on calling the node by its address', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ringside-way-'));
  const path = join(directory, 'node');
  const config = clusterConfig();
  const [contactPoint = ''] = config.contactPoints;
  const [host = '', port = String(config.port)] = contactPoint.split(':');
  const relay = createServer((socket) => {
    const node = connect(Number(port), host);
    socket.on('error', () => node.destroy()).pipe(node);
    node.on('error', () => socket.destroy()).pipe(socket);
  }).listen(path);
  const asked: string[] = [];
  let released = 0;
  const options = ledBy(discoveryOptions(config, contactPoint), async (...node) => {
    asked.push(node.join(':'));
    if (node[0] !== host) throw new Error('There is no other way.');
    return { path, release: () => void released++ };
  });
  const client = new Client(options);
  try {
    await client.connect();
    const { rows, info } = await client.execute('SELECT rpc_address FROM system.local');
    expect(String(rows[0]?.rpc_address)).toBe(host);
    expect(info.queriedHost).toBe(`${host}:${port}`);
    expect(asked).toContain(`${host}:${port}`);
  } finally {
    await client.shutdown();
  }
  await expect.poll(() => released).toBe(asked.filter((node) => node === `${host}:${port}`).length);
  relay.close();
  rmSync(directory, { recursive: true });
});
