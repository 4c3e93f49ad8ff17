import { afterAll, describe, expect, it } from 'vitest';
import { clusterConfig, failureOf } from '../test-support';
import { Cluster } from './cluster';

const opened: Cluster[] = [];
const clusterWith = (config: Parameters<typeof clusterConfig>[0], networks?: { allow?: string[]; deny: string[] }) => {
  const cluster = new Cluster({ ...clusterConfig(config), ...(networks === undefined ? {} : { networks }) });
  opened.push(cluster);
  return cluster;
};
afterAll(() => Promise.all(opened.map((cluster) => cluster.close())));

describe('a cluster in a network', () => {
  it('that is denied is not connected to, by address or by name', async () => {
    const deny = ['127.0.0.0/8', '::1'];
    const byAddress = await failureOf(clusterWith({}, { deny }).client());
    expect(byAddress).toMatchObject({ code: 'address_refused' });
    expect(byAddress.message).toMatch(/^networks\.deny refuses the address 127\.0\.\d+\.\d+ for the cluster “test”/);
    const byName = await failureOf(clusterWith({ contactPoints: ['localhost'] }, { deny }).client());
    expect(byName).toMatchObject({ code: 'address_refused' });
  });

  it('that only an address map leads to is not connected to either', async () => {
    const mapped = clusterWith(
      { contactPoints: ['node'], addressMap: { node: 'localhost:9042' } },
      { deny: ['127.0.0.0/8', '::1'] },
    );
    expect(await failureOf(mapped.client())).toMatchObject({ code: 'address_refused' });
  });

  it('that is allowed answers, and its nodes elsewhere are left alone', async () => {
    const { contactPoints } = clusterConfig();
    const [first = '', ...others] = contactPoints.map((point) => point.replace(/:\d+$/, ''));
    const cluster = clusterWith({}, { allow: [first], deny: [] });
    const client = await cluster.client();
    const { rows } = await client.execute('SELECT release_version FROM system.local');
    expect(rows).toHaveLength(1);
    const addresses = client.hosts.values().filter((host) => others.some((other) => host.address.startsWith(other)));
    for (const host of addresses) {
      await expect(client.execute('SELECT key FROM system.local', [], { host })).rejects.toThrow();
    }
  });

  it('of link-local addresses is refused whatever is configured', async () => {
    const cluster = clusterWith({ contactPoints: ['169.254.169.254'] }, { allow: ['0.0.0.0/0'], deny: [] });
    expect((await failureOf(cluster.client())).message).toContain('link-local');
  });
});
