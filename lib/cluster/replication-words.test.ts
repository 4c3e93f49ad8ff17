import { describe, expect, it } from 'vitest';
import { replicationInWords } from './replication-words';

const PACKAGE = 'org.apache.cassandra.locator.';

describe('replication in words', () => {
  it.each([
    [{ class: `${PACKAGE}SimpleStrategy`, replication_factor: '1' }, '1 replica on the next nodes'],
    [{ class: 'SimpleStrategy', replication_factor: '3' }, '3 replicas on the next nodes'],
    [
      { class: `${PACKAGE}NetworkTopologyStrategy`, dc1: '3', dc2: '1' },
      '3 replicas in dc1, 1 replica in dc2, on different racks',
    ],
    [{ class: `${PACKAGE}NetworkTopologyStrategy`, dc1: '3/1' }, '3 (1 of them transient) replicas in dc1'],
    [{ class: `${PACKAGE}NetworkTopologyStrategy`, dc1: '1', dc2: '1' }, '1 replica in dc1, 1 replica in dc2.'],
    [{ class: `${PACKAGE}NetworkTopologyStrategy` }, 'there are no replicas'],
    [{ class: `${PACKAGE}LocalStrategy` }, 'nothing is replicated'],
    [{ class: 'EverywhereStrategy' }, 'Every node holds all'],
    [{}, 'Virtual'],
    [{ class: 'com.example.OwnStrategy', zones: '2' }, 'OwnStrategy with zones 2.'],
  ])('%o', (options, words) => {
    expect(replicationInWords(options)).toContain(words);
  });
});
