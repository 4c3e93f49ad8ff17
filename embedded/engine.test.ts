import { describe, expect, it } from 'vitest';
import { containerArguments, imageName, sharesNetwork } from './docker.mjs';
import { againstContainers, engineWish } from './engine.mjs';

describe('RINGSIDE_CASSANDRA', () => {
  it('forces an engine, or leaves the choice open', () => {
    expect(engineWish({ NODE_ENV: 'test' })).toBe('auto');
    expect(engineWish({ NODE_ENV: 'test', RINGSIDE_CASSANDRA: '' })).toBe('auto');
    expect(engineWish({ NODE_ENV: 'test', RINGSIDE_CASSANDRA: 'jvm' })).toBe('jvm');
    expect(() => engineWish({ NODE_ENV: 'test', RINGSIDE_CASSANDRA: 'podman' })).toThrow(
      'RINGSIDE_CASSANDRA is "podman"',
    );
  });
});

describe('whether containers can be used', () => {
  const facts = {
    platform: 'linux',
    operatingSystem: 'Debian',
    securityOptions: '[name=seccomp]',
    dockerHost: undefined,
  };

  it('needs an engine that answers', () => {
    expect(againstContainers({ engine: undefined, nodes: 1 })).toBe('no Docker engine answers');
  });

  it("needs this machine's network for more than one node", () => {
    expect(againstContainers({ engine: { version: '28', hostNetwork: false }, nodes: 1 })).toBeUndefined();
    expect(againstContainers({ engine: { version: '28', hostNetwork: false }, nodes: 3 })).toContain('several nodes');
    expect(againstContainers({ engine: { version: '28', hostNetwork: true }, nodes: 3 })).toBeUndefined();
  });

  it.each([
    [{}, true],
    [{ dockerHost: 'unix:///var/run/docker.sock' }, true],
    [{ dockerHost: 'tcp://10.0.0.1:2375' }, false],
    [{ platform: 'darwin' }, false],
    [{ operatingSystem: 'Docker Desktop' }, false],
    [{ securityOptions: '[name=seccomp name=rootless]' }, false],
  ])('%j shares the network: %s', (change, shares) => {
    expect(sharesNetwork({ ...facts, ...change })).toBe(shares);
  });
});

describe('the container of a node', () => {
  const node = {
    name: 'ringside-x-1',
    image: imageName({ NODE_ENV: 'test' }),
    ring: '/state/ring',
    clusterName: 'x',
    index: 1,
    address: '127.0.0.12',
    dc: 'dc1',
    rack: 'rack2',
    seeds: ['127.0.0.11', '127.0.0.12'],
    port: 9042,
    storagePort: 17000,
    jmxPort: 17201,
    heapMb: 640,
    javaFlags: ['-XX:TieredStopAtLevel=1'],
    settings: { authenticator: 'PasswordAuthenticator' },
    hostNetwork: true,
    dataDirectory: undefined,
    user: undefined,
  };

  it('is on its own address on this machine, in its rack, with the ring as seeds', () => {
    const args = containerArguments(node);
    expect(args.at(-1)).toBe('cassandra:5.0');
    expect(args.join(' ')).toContain('--network host');
    for (const variable of [
      'CASSANDRA_LISTEN_ADDRESS=127.0.0.12',
      'CASSANDRA_RPC_ADDRESS=127.0.0.12',
      'CASSANDRA_SEEDS=127.0.0.11:17000,127.0.0.12:17000',
      'CASSANDRA_RACK=rack2',
      'CASSANDRA_ENDPOINT_SNITCH=GossipingPropertyFileSnitch',
      'MAX_HEAP_SIZE=640M',
    ]) {
      expect(args).toContain(variable);
    }
    expect(args.find((arg) => arg.startsWith('JVM_EXTRA_OPTS='))).toMatch(
      /-XX:TieredStopAtLevel=1 .*-Dcassandra\.jmx\.local\.port=17201 .*-Dcassandra\.settings\.native_transport_port=9042/,
    );
    expect(args.find((arg) => arg.startsWith('JVM_EXTRA_OPTS='))).toContain(
      '-Dcassandra.settings.authenticator=PasswordAuthenticator',
    );
    expect(args).not.toContain('--volume');
  });

  it('publishes its port if the engine has its own network', () => {
    const args = containerArguments({
      ...node,
      hostNetwork: false,
      port: 9142,
      dataDirectory: '/data',
      user: '501:20',
    });
    expect(args.join(' ')).toContain('--publish 127.0.0.1:9142:9042 --user 501:20 --volume /data:/var/lib/cassandra');
    expect(args.join(' ')).not.toContain('CASSANDRA_LISTEN_ADDRESS');
    expect(args.join(' ')).not.toContain('native_transport_port');
  });
});
