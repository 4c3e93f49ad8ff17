import { ignore, type SharedPart } from '@/components/ui/states';
import { tableRow } from '@/lib/cluster/test-table-rows';
import type { Found, TableNodesResponse } from '@/lib/contract/tables';
import { FindersView } from './finders';
import { TableList } from './table-list';
import { Nodes, Why } from './table-panel';

const AT = '2026-11-29T10:00:00.000Z';
const PLACE = { cluster: 'demo', keyspace: 'flights', table: 'by_origin_day' };

const OVER = tableRow('flights', 'by_origin_day', {
  degree: 2.5,
  worst: 'reads pass over 2,500 tombstones (p99 on 127.0.0.1:9042); the threshold is 1,000 tombstones',
  reasons: [{ text: 'reads pass over 2,500 tombstones (p99 on 127.0.0.1:9042)', threshold: '1,000 tombstones' }],
  notes: ['Rows of flights.by_origin_day expire, but it is compacted by SizeTieredCompactionStrategy.'],
  figures: { tombstonesP99: 2_500, diskMebibytes: 40, readsPerSecond: 12.3, readP99Ms: 0.2 },
  indexes: [{ name: 'i', state: 'building' }],
  windowMs: 60_000,
});

const NODES: TableNodesResponse = {
  nodes: ['127.0.0.1:9042', '127.0.0.2:9042'].map((node, at) => ({
    node,
    datacenter: 'dc1',
    rack: 'r1',
    silence: at === 0 ? null : 'It does not answer.',
    figures: at === 0 ? OVER.figures : tableRow('k', 't').figures,
    windowMs: null,
    indexes: [],
    owns: 0.667,
    repairedAt: null,
    askedAt: at === 0 ? AT : null,
  })),
  statements: ['SELECT * FROM system_views.local_read_latency'],
  unknown: [
    {
      what: 'Size on disk',
      why: 'User reader has no SELECT permission',
      nodes: ['127.0.0.1:9042'],
      grant: 'GRANT SELECT ON KEYSPACE system_views TO reader',
    },
  ],
  asOf: AT,
};

export const WIDE: Found = {
  what: 'wide',
  spent: {
    rows: 50_000,
    pages: 40,
    elapsedMs: 2_300,
    begun: 32,
    places: 32,
    failures: [],
    share: 0.013,
    partitions: 812,
  },
  budget: { seconds: 15, rows: 50_000, places: 32 },
  ended: 'rows',
  statement: 'SELECT token("k"), "k" FROM …',
  widest: [
    { key: { origin: 'SEA' }, token: '1', rows: 2_500, isWhole: false, bytes: 250_000, bytesPerRow: 100, time: null },
    { key: { origin: 'PDX' }, token: '2', rows: 12, isWhole: true, bytes: null, bytesPerRow: null, time: null },
  ],
  tombstones: [],
  traced: 0,
  untraced: 0,
  advice: {
    observed: ['500,000 rows of one partition are of 10 days.'],
    would: ['10 partitions instead of one.'],
    createTable: 'CREATE TABLE k.t_by_day (…);',
    queries: [{ before: 'SELECT * FROM k.t', after: 'SELECT * FROM k.t_by_day' }],
  },
  noAdvice: null,
};

export const TOMBSTONES: Found = {
  ...WIDE,
  what: 'tombstones',
  ended: 'whole',
  spent: { ...WIDE.spent, share: 1 },
  widest: [],
  tombstones: [
    { from: '-5', to: '7', live: 50, tombstones: 150, key: null },
    { from: '-5', to: '6', live: 50, tombstones: 150, key: { k: 1 } },
  ],
  traced: 16,
  untraced: 1,
  advice: null,
};

const INDEXES: Found = {
  ...WIDE,
  what: 'indexes',
  widest: [],
  advice: null,
  indexes: [
    {
      index: 'by_email',
      column: 'email',
      kind: 'secondary',
      values: 4_800,
      nulls: 200,
      distinct: 4_795,
      most: 2,
      says: 'Nearly all different: a query without the partition key asks 6 nodes for few rows.',
    },
    {
      index: 'by_state',
      column: 'state',
      kind: 'sai',
      values: 5_000,
      nulls: 0,
      distinct: 4,
      most: 3_100,
      says: 'SAI serves few values and many alike; the number alone says nothing against it.',
    },
  ],
};

const finders = (
  found: Found | null,
  standing: 'none' | 'running' | 'stopped' | 'ended',
  error: Error | null = null,
) => (
  <FindersView
    place={PLACE}
    indexes={2}
    state={{ what: found?.what ?? (standing === 'none' ? null : 'wide'), found, error, standing }}
    onStart={ignore}
    onStop={ignore}
  />
);
const list = (rows: Parameters<typeof TableList>[0]['rows']) => (
  <TableList rows={rows} sort="hurt" direction="down" onSort={ignore} open={null} onOpen={ignore} />
);

export const tablesStates: SharedPart = {
  name: 'tables-that-hurt',
  states: {
    list: { draw: () => list([OVER, tableRow('k', 't')]), shows: [['table', 'All tables, by what hurts']] },
    'why it hurts': { draw: () => <Why row={OVER} />, shows: [['list', 'Why it is here']] },
    'why it does not hurt': { draw: () => <Why row={tableRow('k', 't')} />, shows: [['list', 'Why it is here']] },
    'by node': { draw: () => <Nodes data={NODES} />, shows: [['table', 'The table on each node']] },
    'before a search': { draw: () => finders(null, 'none'), shows: [['button', 'Find wide partitions']] },
    searching: {
      draw: () => finders({ ...WIDE, ended: 'running', spent: { ...WIDE.spent, begun: 8 } }, 'running'),
      shows: [['progressbar', 'Places begun']],
    },
    'wide partitions': { draw: () => finders(WIDE, 'ended'), shows: [['table', 'The widest partitions seen']] },
    tombstones: { draw: () => finders(TOMBSTONES, 'ended'), shows: [['table', 'Places with tombstones']] },
    'indexed values': { draw: () => finders(INDEXES, 'ended'), shows: [['table', 'Values of indexed columns']] },
    'stopped search': { draw: () => finders({ ...WIDE, ended: 'running' }, 'stopped'), shows: [['status']] },
    'failed search': {
      draw: () => finders(null, 'ended', new Error('No node answers.')),
      shows: [['button', 'Try again']],
    },
  },
};
