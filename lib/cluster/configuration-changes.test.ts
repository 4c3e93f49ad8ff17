import { describe, expect, it } from 'vitest';
import { type ClusterConfigInput, clusterConfigSchema } from '@/lib/contract/configuration';
import type { ConfiguredCluster } from '@/lib/contract/networks';
import { clusterChanges } from './configuration-changes';

const clusterOf = (
  more: Partial<ClusterConfigInput> = {},
  rest: Partial<ConfiguredCluster> = {},
): ConfiguredCluster => ({
  ...clusterConfigSchema.parse({ name: 'a', contactPoints: ['10.0.0.1'], writes: true, ...more }),
  ...rest,
});
const what = (before: ConfiguredCluster[], after: ConfiguredCluster[]) =>
  clusterChanges(before, after).map(({ name, what: kind }) => `${name} ${kind}`);

describe('from one configuration to the next', () => {
  it('a cluster is unchanged whatever the order of clusters and keys', () => {
    const [a, b] = [clusterOf({ addressMap: { x: '1', y: '2' } }), clusterOf({ name: 'b' })];
    expect(clusterChanges([a, b], [b, clusterOf({ addressMap: { y: '2', x: '1' } })])).toEqual([]);
  });

  it('clusters come and go', () => {
    const [a, b, c] = [clusterOf(), clusterOf({ name: 'b' }), clusterOf({ name: 'c' })];
    expect(what([a, b], [b, c])).toEqual(['a removed', 'c added']);
    expect(what([], [a])).toEqual(['a added']);
  });

  it.each<[string, Partial<ClusterConfigInput>]>([
    ['label', { label: 'A' }],
    ['colour', { colour: '#c62828' }],
    ['consistency', { consistency: 'LOCAL_QUORUM' }],
    ['pageRows', { pageRows: 10 }],
    ['writes', { writes: false }],
    ['reads', { reads: { bytes: 2 ** 20, pages: 1 } }],
  ])('another %s keeps the connections', (_key, more) => {
    expect(what([clusterOf()], [clusterOf(more)])).toEqual(['a adjusted']);
  });

  it.each<[string, Partial<ClusterConfigInput>]>([
    ['contactPoints', { contactPoints: ['10.0.0.2'] }],
    ['port', { port: 9142 }],
    ['localDatacenter', { localDatacenter: 'dc2' }],
    ['username', { username: 'x' }],
    ['password', { password: { env: 'P' } }],
    ['tls', { tls: true }],
    ['addressMap', { addressMap: { x: 'y' } }],
    ['tunnel', { tunnel: { host: 'bastion', user: 'a', port: 22 } }],
    ['maxFrameMb', { maxFrameMb: 16 }],
    ['metrics', { metrics: 'http://{host}:7070/' }],
    ['pageRows and port', { pageRows: 10, port: 9142 }],
  ])('another %s needs new connections', (_key, more) => {
    expect(what([clusterOf()], [clusterOf(more)])).toEqual(['a reconnected']);
  });

  it('so do other networks', () => {
    expect(what([clusterOf()], [clusterOf({}, { networks: { deny: ['10.0.0.0/8'] } })])).toEqual(['a reconnected']);
  });

  it('it is said when a cluster becomes read-only', () => {
    const readOnly = (before: boolean, after: boolean) =>
      clusterChanges([clusterOf({ writes: before })], [clusterOf({ writes: after, label: 'A' })])[0]?.isNowReadOnly;
    expect([readOnly(true, false), readOnly(false, true), readOnly(true, true)]).toEqual([true, false, false]);
  });
});
