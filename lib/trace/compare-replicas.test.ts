import { describe, expect, it } from 'vitest';
import type { ReplicaResult, ReplicaResultsResponse } from '@/lib/contract/replica-results';
import { compareReplicas, replicaVerdict } from './compare-replicas';

const result = (node: string, rows: ReplicaResult['rows'], more = false): ReplicaResult => ({
  node,
  isReplica: true,
  rows,
  more,
  servedBy: [node],
  proof: 'own',
  elapsedMs: 2,
  traceIds: [],
});
const response = (...results: ReplicaResult[]): ReplicaResultsResponse => ({
  token: '1',
  replicas: results.map(({ node }) => node),
  consistency: 'ONE',
  columns: [
    { name: 'k', type: 'int', kind: 'partition_key' },
    { name: 'c', type: 'int', kind: 'clustering' },
    { name: 'v', type: 'text', kind: 'regular' },
  ],
  results,
  mostRows: 200,
  asOf: '2026-11-29T00:00:00Z',
});
const judged = (given: ReplicaResultsResponse) => {
  const comparison = compareReplicas(given);
  return { ...comparison, verdict: replicaVerdict(given, comparison) };
};

describe('results of replicas', () => {
  it('are the same', () => {
    const found = judged(response(result('a', [[1, 1, 'x']]), result('b', [[1, 1, 'x']])));
    expect(found).toMatchObject({ keyColumns: ['k', 'c'], rows: 1, different: [], answered: 2 });
    expect(found.verdict).toBe('All 2 nodes answered with the same row.');
  });

  it('differ by value and by missing rows, by key', () => {
    const found = judged(
      response(
        result('a', [
          [1, 1, 'x'],
          [1, 2, 'y'],
        ]),
        result('b', [[1, 1, 'z']]),
      ),
    );
    expect(found.different).toEqual([
      {
        key: '[1,1]',
        rows: [
          [1, 1, 'x'],
          [1, 1, 'z'],
        ],
        differing: ['v'],
        isPartial: false,
      },
      { key: '[1,2]', rows: [[1, 2, 'y'], null], differing: [], isPartial: true },
    ]);
    expect(found.verdict).toContain('2 of 2 rows differ');
  });

  it('say nothing of rows that were not reached', () => {
    const found = judged(
      response(
        result('a', [
          [1, 1, 'x'],
          [1, 2, 'y'],
        ]),
        result('b', [[1, 1, 'x']], true),
      ),
    );
    expect(found.different).toEqual([]);
    expect(found.verdict).toContain('Only the first rows were compared, at most 200 of each node.');
  });

  it('of a node that did not answer are unknown, and nothing is claimed of it', () => {
    const found = judged(response(result('a', [[1, 1, 'x']]), { ...result('b', null), proof: 'none' }));
    expect(found.verdict).toBe('1 of 2 nodes answered, so there is nothing to compare.');
    expect(judged(response(result('b', null))).verdict).toBe('No node answered.');
  });

  it('that no trace proves are said to be unproved', () => {
    const found = judged(
      response(result('a', [[1, 1, 'x']]), { ...result('b', [[1, 1, 'x']]), proof: 'none', servedBy: [] }),
    );
    expect(found.verdict).toContain('Not every result is proved to be the node’s own data.');
  });

  it('without the whole key are compared as whole rows', () => {
    const given = {
      ...response(result('a', [['x']]), result('b', [['z']])),
      columns: [{ name: 'v', type: 'text', kind: 'regular' as const }],
    };
    expect(judged(given).different.map(({ key }) => key)).toEqual(['["x"]', '["z"]']);
  });
});
