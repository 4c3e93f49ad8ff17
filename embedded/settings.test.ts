import { describe, expect, it } from 'vitest';
import { cassandraYaml, TOKENS_PER_NODE, tokensOf } from './settings.mjs';

describe('the tokens of a ring', () => {
  it('are the same in every run, differ between nodes, and are signed 64-bit', () => {
    expect(tokensOf(0)).toEqual(tokensOf(0));
    const all = Array.from({ length: 9 }, (_, index) => tokensOf(index)).flat();
    expect(new Set(all).size).toBe(9 * TOKENS_PER_NODE);
    for (const token of all) expect(token).toBe(BigInt.asIntN(64, token));
    // Not all positive, as misread unsigned numbers would be.
    expect(all.some((token) => token < 0n) && all.some((token) => token > 0n)).toBe(true);
  });
});

describe('cassandra.yaml', () => {
  const node = {
    clusterName: 'x',
    address: '127.0.0.12',
    port: 9142,
    storagePort: 17000,
    seeds: ['127.0.0.11', '127.0.0.12'],
    index: 1,
    directory: '/state/n2',
    version: '5.0.9',
  };

  it('names the node, its seeds with their port, and its folders', () => {
    expect(JSON.parse(cassandraYaml(node))).toMatchObject({
      listen_address: '127.0.0.12',
      rpc_address: '127.0.0.12',
      native_transport_port: 9142,
      storage_port: 17000,
      commitlog_directory: '/state/n2/commitlog',
      seed_provider: [{ parameters: [{ seeds: '127.0.0.11:17000,127.0.0.12:17000' }] }],
      initial_token: tokensOf(1).join(','),
      materialized_views_enabled: true,
      commitlog_sync_period: '10000ms',
    });
  });

  it('has the settings that differ for a ring', () => {
    const settings = { authenticator: 'PasswordAuthenticator' };
    expect(JSON.parse(cassandraYaml({ ...node, settings }))).toMatchObject({
      authenticator: 'PasswordAuthenticator',
      authorizer: 'AllowAllAuthorizer',
    });
  });

  it("uses the release's names", () => {
    const old = JSON.parse(cassandraYaml({ ...node, version: '4.0.19' }));
    expect(old).toMatchObject({ enable_materialized_views: true, commitlog_sync_period_in_ms: 10_000 });
    expect(old).not.toHaveProperty('materialized_views_enabled');
    expect(JSON.parse(cassandraYaml({ ...node, version: '4.1.10' }))).toHaveProperty(
      'materialized_views_enabled',
      true,
    );
  });
});
