import { describe, expect, it } from 'vitest';
import { clustersFor, heapFor, planClusters } from './clusters.mjs';

const NOTHING = { env: { NODE_ENV: 'test' as const }, hasConfigFile: false, localAnswersCql: false };

describe('which clusters are shown', () => {
  it("is Ringside's own if nothing is configured and nothing runs", () => {
    expect(planClusters(NOTHING)).toEqual({ configured: null, offerLocal: false });
  });

  it("is Ringside's own and the machine's if one runs", () => {
    expect(planClusters({ ...NOTHING, localAnswersCql: true })).toEqual({ configured: null, offerLocal: true });
  });

  it.each([
    [{ hasConfigFile: true }, 'ringside.config.json'],
    [{ env: { NODE_ENV: 'test' as const, RINGSIDE_CONFIG: '/etc/x.json' }, hasConfigFile: true }, 'RINGSIDE_CONFIG'],
    [{ env: { NODE_ENV: 'test' as const, RINGSIDE_CLUSTERS: '[]' } }, 'RINGSIDE_CLUSTERS'],
    [{ env: { NODE_ENV: 'test' as const, RINGSIDE_CONTACT_POINTS: 'db1' } }, 'RINGSIDE_CONTACT_POINTS'],
  ])('is what is configured: %j', (facts, configured) => {
    expect(planClusters({ ...NOTHING, localAnswersCql: true, ...facts })).toEqual({ configured, offerLocal: false });
  });

  it('never allows writes to a cluster that Ringside did not start', () => {
    expect(clustersFor({ contactPoints: ['127.0.0.1'], port: 9142 }, true)).toEqual([
      { name: 'demo', label: 'demo', contactPoints: ['127.0.0.1'], port: 9142, writes: true },
      { name: 'local', label: 'local', contactPoints: ['127.0.0.1'], port: 9042 },
    ]);
    expect(clustersFor({ contactPoints: ['127.0.0.1'], port: 9142 }, false)).toHaveLength(1);
  });
});

describe('the heap of a node', () => {
  it.each([
    [16_000, 1, 1024],
    [1300, 1, 768],
    [1100, 1, 512],
    [16_000, 3, 1024],
    [4000, 3, 768],
  ])('with %i MB for %i nodes is %i MB', (availableMb, nodes, heapMb) => {
    expect(heapFor({ availableMb, nodes })).toBe(heapMb);
  });

  it('is refused when memory is short', () => {
    expect(() => heapFor({ availableMb: 900, nodes: 1 })).toThrow('900 MB are free, 1012 MB are needed');
    expect(() => heapFor({ availableMb: 2000, nodes: 3 })).toThrow('3 Cassandra nodes');
  });
});
