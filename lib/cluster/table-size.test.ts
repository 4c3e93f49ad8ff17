import { expect, describe as group, it } from 'vitest';
import { copiesOf, judgeEstimate, unreliableReason } from './table-size';

const MIB = 2 ** 20;
const facts = (mebibytes: number | null, diskMebibytes: number | null, copies: number | null = 3, nodes = 3) => ({
  bytes: mebibytes === null ? null : mebibytes * MIB,
  diskMebibytes,
  copies,
  nodes,
});

group('an estimate of a table’s size', () => {
  it.each([
    ['one partition taken for 128', facts(199, 3), 'too_high'],
    ['compressed to a fifth', facts(25, 15), 'plausible'],
    ['compressed to just a tenth', facts(50, 15), 'plausible'],
    ['more than compression explains', facts(50.1, 15), 'too_high'],
    ['as large as the disk', facts(5, 15), 'plausible'],
    ['nothing on disk any more', facts(5, 0), 'too_high'],
    ['rows of the last minutes', facts(1, 303), 'too_low'],
    ['a disk that only rounding made', facts(0.001, 3), 'plausible'],
    ['no estimate', facts(null, 3), 'unknown'],
    ['an estimate of nothing', facts(0, 3), 'unknown'],
    ['no disk', facts(5, null), 'unknown'],
    ['unknown replication, at most one copy', facts(29, 3, null), 'plausible'],
    ['unknown replication, and still too much', facts(31, 3, null), 'too_high'],
  ] as const)('%s', (_, given, verdict) => {
    expect(judgeEstimate(given)).toBe(verdict);
  });

  it('says why it is unreliable, and nothing otherwise', () => {
    expect(unreliableReason(facts(199, 3))).toBe(
      'The estimate of 199 MiB does not fit 3.00 MiB on disk on all nodes together. Cassandra estimates partitions in steps of 128 for each token range, so few partitions look like many.',
    );
    expect(unreliableReason(facts(1, 303))).toMatch(/last minutes are not part of the estimate yet\.$/);
    expect(unreliableReason(facts(5, 15))).toBeUndefined();
    expect(unreliableReason(facts(null, 15))).toBeUndefined();
  });
});

group('replicas of each partition', () => {
  it.each([
    [{ class: 'org.apache.cassandra.locator.SimpleStrategy', replication_factor: '3' }, 3],
    [{ class: 'NetworkTopologyStrategy', dc1: '3', dc2: '2' }, 5],
    [{ class: 'NetworkTopologyStrategy', dc1: '3/1' }, 3],
    [{ class: 'LocalStrategy' }, null],
    [{}, null],
  ])('%j: %s', (replication, copies) => {
    expect(copiesOf(replication)).toBe(copies);
  });
});
