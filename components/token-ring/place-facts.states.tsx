import type { SharedPart } from '@/components/ui/states';
import type { ReplicaResult, ReplicaResultsResponse } from '@/lib/contract/replica-results';
import type { TableNode, TableNodesResponse, TableRepair } from '@/lib/contract/tables';
import { NO_FIGURES } from '@/lib/health/hurt/figures';
import { LastRepair } from './last-repair';
import { Replicas } from './place-facts';

const AT = '2026-11-29T10:00:00.000Z';

const nodeOf = (id: number, more: Partial<TableNode> = {}): TableNode => ({
  node: `10.0.0.${id}:9042`,
  datacenter: 'dc1',
  rack: `rack${id}`,
  silence: null,
  figures: { ...NO_FIGURES, diskMebibytes: 40 * id, meanPartitionBytes: 2_048 },
  windowMs: null,
  indexes: [],
  owns: 0.6667,
  repairedAt: null,
  askedAt: '2026-11-29T09:59:20.000Z',
  ...more,
});

const DATA: TableNodesResponse = {
  nodes: [
    nodeOf(1),
    nodeOf(2, { repairedAt: '2026-11-28T10:00:00.000Z' }),
    nodeOf(3, { silence: 'It does not answer.' }),
  ],
  statements: [],
  unknown: [],
  asOf: AT,
};

const result = (id: number, more: Partial<ReplicaResult> = {}): ReplicaResult => ({
  node: `10.0.0.${id}:9042`,
  isReplica: true,
  rows: [[1], [2]],
  more: false,
  servedBy: [],
  proof: 'own',
  elapsedMs: 1,
  traceIds: [],
  bytes: 3_000,
  ...more,
});

const COMPARED: ReplicaResultsResponse = {
  token: '5',
  replicas: [],
  consistency: 'ONE',
  columns: [],
  results: [result(1), result(3, { rows: [[1]], more: true })],
  mostRows: 1_000,
  asOf: AT,
};

const RECORD = { id: 'a', startedAt: '2026-11-26T09:00:00.000Z', endedAt: '2026-11-26T10:00:00.000Z' };
const OLDER = { id: 'b', startedAt: '2026-11-19T09:00:00.000Z', endedAt: '2026-11-19T10:00:00.000Z' };

export const REPAIRS = {
  'of this range': { last: RECORD, here: RECORD, records: 4, looked: 1 },
  'of other ranges': { last: RECORD, here: OLDER, records: 4, looked: 2 },
  'of no range here': { last: RECORD, here: null, records: 40, looked: 10 },
  'not known': { last: null, here: null, records: 0, looked: 0, why: 'There is no record of one.' },
  'may not be read': {
    last: null,
    here: null,
    records: 0,
    looked: 0,
    why: 'No right.',
    grant: 'GRANT SELECT ON KEYSPACE system_distributed TO reader',
  },
} satisfies Record<string, Partial<TableRepair>>;

export const repairState = (name: keyof typeof REPAIRS) => (
  <LastRepair
    token="5"
    at={AT}
    repair={{
      why: null,
      grant: null,
      askedAt: AT,
      statement: 'SELECT a FROM system_distributed.parent_repair_history',
      ...REPAIRS[name],
    }}
  />
);

export const placeStates: SharedPart = {
  name: 'facts-of-a-place',
  states: {
    replicas: {
      draw: () => <Replicas data={DATA} replicas={['10.0.0.1:9042', '10.0.0.3:9042']} compared={undefined} />,
      shows: [['table', 'The table on each replica']],
    },
    compared: {
      draw: () => (
        <Replicas data={DATA} replicas={['10.0.0.1:9042', '10.0.0.2:9042', '10.0.0.3:9042']} compared={COMPARED} />
      ),
      shows: [['table', 'The table on each replica']],
    },
    'repair of this range': { draw: () => repairState('of this range'), shows: [['paragraph']] },
    'repair of other ranges': { draw: () => repairState('of other ranges'), shows: [['paragraph']] },
    'no repair of this range': { draw: () => repairState('of no range here'), shows: [['paragraph']] },
    'repairs that are not known': { draw: () => repairState('not known'), shows: [['paragraph']] },
    'repairs that may not be read': {
      draw: () => repairState('may not be read'),
      shows: [['button', 'Copy GRANT SELECT ON KEYSPACE system_distributed TO reader']],
    },
  },
};
