import { describe, expect, it } from 'vitest';
import { alterReplication, authShortfall, usualFactors } from './usual-replication';

const nodes = (...given: [string, number][]) => new Map(given);

describe('replication of system_auth', () => {
  it.each([
    ['one replica of three nodes', { class: 'SimpleStrategy', replication_factor: '1' }, nodes(['dc1', 3]), ['dc1']],
    ['a datacenter without', { class: 'NetworkTopologyStrategy', dc1: '3' }, nodes(['dc1', 6], ['dc2', 2]), ['dc2']],
  ])('is short: %s', (_name, replication, given, short) => {
    expect(authShortfall(replication, given)).toEqual({ isSimple: false, short });
  });

  it('is not to be relied on where SimpleStrategy knows no datacenters', () => {
    const replication = { class: 'SimpleStrategy', replication_factor: '3' };
    expect(authShortfall(replication, nodes(['dc1', 3], ['dc2', 3]))).toEqual({ isSimple: true, short: [] });
  });

  it.each([
    ['one node needs one', { class: 'SimpleStrategy', replication_factor: '1' }, nodes(['dc1', 1])],
    ['three of ten are enough', { class: 'NetworkTopologyStrategy', dc1: '3' }, nodes(['dc1', 10])],
    ['more do no harm', { class: 'NetworkTopologyStrategy', dc1: '5' }, nodes(['dc1', 5])],
    ['everywhere', { class: 'EverywhereStrategy' }, nodes(['dc1', 3])],
    ['a strategy that is not known', { class: 'com.example.Own' }, nodes(['dc1', 3])],
  ])('is enough: %s', (_name, replication, given) => {
    expect(authShortfall(replication, given)).toBeNull();
  });

  it('is changed by a statement with every datacenter', () => {
    expect(alterReplication('system_auth', usualFactors(nodes(['dc1', 2], ["d'2", 9])))).toBe(
      "ALTER KEYSPACE system_auth WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 2, 'd''2': 3}",
    );
  });
});
