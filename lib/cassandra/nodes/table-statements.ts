import 'server-only';
import type { types } from 'cassandra-driver';
import type { FactRows, TABLE_FACTS } from '@/lib/health/facts';
import type { NodeStatement, Response } from './node-statement';
import { SECOND_MS } from './pace';
import { latencyOf } from './table-rows';

/** How often what moves is asked, in a cluster that fits the budget. */
export const MOVES_MS = 30 * SECOND_MS;
const RESTS_MS = 300 * SECOND_MS;
/** A rate is of about this time, so that it is one of now. */
const WINDOW_MS = 120 * SECOND_MS;

/** The verdict always asks for the other two. */
type TableFact = Exclude<(typeof TABLE_FACTS)[number], 'disk' | 'tombstones'>;

/**
 * What every node is asked about all its tables while somebody looks at them. A whole virtual table comes in one statement:
 * asking table by table would cost a statement for each.
 */
export const TABLE_STATEMENTS: { readonly [name in TableFact]: NodeStatement<FactRows[name]> } = {
  localReads: latencies('local_read_latency'),
  localWrites: latencies('local_write_latency'),
  estimates: {
    // Nodes write it every 5 minutes.
    statement:
      'SELECT keyspace_name, table_name, range_type, partitions_count, mean_partition_size FROM system.table_estimates',
    everyMs: RESTS_MS,
    isOnDemand: true,
    read: estimatesIn,
  },
  builtIndexes: {
    // The column with the keyspace is called table_name.
    statement: 'SELECT table_name, index_name FROM system."IndexInfo"',
    everyMs: MOVES_MS,
    isOnDemand: true,
    read: ({ rows }) =>
      rows.map((row) => ({ keyspace: String(row.get('table_name')), name: String(row.get('index_name')) })),
  },
  saiIndexes: {
    statement: 'SELECT * FROM system_views.sai_column_indexes',
    everyMs: MOVES_MS,
    isOnDemand: true,
    read: ({ rows }) =>
      rows.map((row) => ({
        keyspace: String(row.get('keyspace_name')),
        name: String(row.get('index_name')),
        queryable: row.get('is_queryable') === true,
        building: row.get('is_building') === true,
      })),
  },
  repairs: {
    statement: 'SELECT cfids, repaired_at, state FROM system.repairs',
    everyMs: RESTS_MS,
    isOnDemand: true,
    read: repairsIn,
  },
};

function latencies(view: string): NodeStatement<FactRows['localReads']> {
  return {
    statement: `SELECT * FROM system_views.${view}`,
    everyMs: MOVES_MS,
    isOnDemand: true,
    isCounted: true,
    beforeMs: WINDOW_MS,
    read: ({ rows, host }) =>
      rows.flatMap((row) => {
        const latency = latencyOf(row, host.cassandraVersion);
        if (latency === null) return [];
        return [{ ...nameIn(row), count: Number(latency.count), p50Ms: latency.p50Ms, p99Ms: latency.p99Ms }];
      }),
  };
}

function nameIn(row: types.Row): { readonly keyspace: string; readonly table: string } {
  return { keyspace: String(row.get('keyspace_name')), table: String(row.get('table_name')) };
}

/** The primary ranges of each table together: each partition counts once in the cluster. */
function estimatesIn({ rows }: Response): FactRows['estimates'][] {
  const sums = new Map<string, { keyspace: string; table: string; partitions: number; bytes: number }>();
  for (const row of rows) {
    if (row.get('range_type') !== 'primary') continue;
    const name = nameIn(row);
    const key = `${name.keyspace}\u0000${name.table}`;
    const sum = sums.get(key) ?? { ...name, partitions: 0, bytes: 0 };
    const partitions = Number(row.get('partitions_count'));
    sum.partitions += partitions;
    sum.bytes += partitions * Number(row.get('mean_partition_size'));
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/** FINALIZED in `ConsistentSession.State`, the same in 4.0 to 5.0. */
const FINALIZED = 4;

function repairsIn({ rows }: Response): FactRows['repairs'][] {
  return rows.flatMap((row) => {
    const [ids, at]: [unknown, unknown] = [row.get('cfids'), row.get('repaired_at')];
    if (Number(row.get('state')) !== FINALIZED || !(at instanceof Date) || at.getTime() === 0) return [];
    const tableIds = ids instanceof Set || Array.isArray(ids) ? [...ids].map(String) : [];
    return [{ tableIds, repairedAt: at.toISOString() }];
  });
}
