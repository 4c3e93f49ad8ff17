import { ignore, type SharedPart } from '@/components/ui/states';
import type { ReplicaResult, ReplicaResultsResponse } from '@/lib/contract/replica-results';
import { ReplicaResults } from './replica-results';

const result = (last: number, change: Partial<ReplicaResult> = {}): ReplicaResult => ({
  node: `10.0.0.${last}:9042`,
  isReplica: true,
  rows: [['SEA', 1, 'Seattle']],
  more: false,
  servedBy: [`10.0.0.${last}`],
  proof: 'own',
  elapsedMs: 1.5 + last,
  traceIds: ['4f5c0d30-8a5e-11ef-9b1a-0242ac120002'],
  ...change,
});

function response(results: ReplicaResult[], change: Partial<ReplicaResultsResponse> = {}): ReplicaResultsResponse {
  return {
    token: '-4069959284402364209',
    replicas: results.map(({ node }) => node),
    consistency: 'ONE',
    columns: [
      { name: 'iata', type: 'text', kind: 'partition_key' },
      { name: 'n', type: 'int', kind: 'clustering' },
      { name: 'city', type: 'text', kind: 'regular' },
    ],
    results,
    mostRows: 200,
    asOf: '2026-11-29T00:00:00Z',
    ...change,
  };
}

export const replicaResultsOf = (results: ReplicaResult[], change: Partial<ReplicaResultsResponse> = {}) => (
  <ReplicaResults response={response(results, change)} onAgain={ignore} isRunning={false} />
);

/** The second has another city, and lacks a row. */
export const DIFFERENT = [
  result(1, {
    rows: [
      ['SEA', 1, 'Seattle'],
      ['SEA', 2, 'Tacoma'],
    ],
  }),
  result(2, { rows: [['SEA', 1, 'Seatle']] }),
];
const SILENT = result(3, {
  rows: null,
  proof: 'none',
  servedBy: [],
  elapsedMs: null,
  traceIds: [],
  error: { code: 'cluster_unreachable', message: '10.0.0.3 did not answer within 5 s.', retryable: true },
});

const table = ['table', 'Results by node'] as const;

export const replicaStates: SharedPart = {
  name: 'replica-results',
  states: {
    'all the same': { draw: () => replicaResultsOf([result(1), result(2)]), shows: [table, ['status']] },
    different: {
      draw: () => replicaResultsOf(DIFFERENT),
      shows: [table, ['region', 'Rows that differ'], ['table', 'Rows that differ']],
    },
    'one did not answer': { draw: () => replicaResultsOf([result(1), SILENT]), shows: [table] },
    'not proved': {
      draw: () =>
        replicaResultsOf([
          result(1),
          result(2, { proof: 'none', servedBy: [] }),
          result(4, { proof: 'others', isReplica: false, servedBy: ['10.0.0.1'] }),
        ]),
      shows: [table],
    },
    'replicas not known': {
      draw: () =>
        replicaResultsOf([result(1, { isReplica: null })], {
          token: null,
          unknownReason: 'only Cassandra knows its token',
        }),
      shows: [table, ['note']],
    },
  },
};
