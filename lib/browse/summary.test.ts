import { describe, expect, it } from 'vitest';
import { gapsOf, summaryOf, topOf } from './summary';
import { nodeStats as node } from './test-node-stats';

describe('the nodes together', () => {
  it('weigh the mean size by their partitions', () => {
    const summary = summaryOf([
      node('a', { partitions: 100, meanPartitionBytes: 10, maxPartitionMebibytes: 2, diskMebibytes: 5 }),
      node('b', { partitions: 300, meanPartitionBytes: 50, maxPartitionMebibytes: 7, diskMebibytes: 6 }),
      node('c', { failure: 'down' }),
    ]);
    expect(summary).toEqual({
      answered: 2,
      asked: 3,
      partitions: 400,
      meanPartitionBytes: 40,
      maxPartitionMebibytes: 7,
      diskMebibytes: 11,
    });
  });

  it('tell nothing of what nobody knows', () => {
    expect(summaryOf([node('a')])).toMatchObject({ partitions: null, meanPartitionBytes: null, diskMebibytes: null });
    expect(summaryOf([node('a', { partitions: 0, meanPartitionBytes: 0 })])).toMatchObject({
      partitions: 0,
      meanPartitionBytes: null,
    });
  });

  it('list a partition once, as the node with the most has it', () => {
    const top = (...partitions: [string, string][]) => {
      return { updatedAt: null, partitions: partitions.map(([key, amount]) => ({ key, amount })) };
    };
    const nodes = [
      node('a', { largest: top(['x', '9'], ['y', '10']) }),
      node('b', { largest: top(['x', '9007199254740993']) }),
    ];
    expect(topOf(nodes, ({ largest }) => largest, 5).map(({ key, amount, node: of }) => [key, amount, of])).toEqual([
      ['x', 9007199254740993n, 'b'],
      ['y', 10n, 'a'],
    ]);
  });

  it('say a gap once, with its nodes', () => {
    const nodes = [
      node('a', { gaps: ['no table'] }),
      node('b', { gaps: ['no table'] }),
      node('c', { failure: 'down' }),
    ];
    expect(gapsOf(nodes)).toEqual(['a, b: no table', 'c: down']);
    expect(gapsOf(nodes.slice(0, 2))).toEqual(['every node: no table']);
  });
});
