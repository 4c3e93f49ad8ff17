import { describe, expect, it } from 'vitest';
import type { Table } from '@/lib/contract/schema';
import type { ClusterFacts, NodeReads } from '../facts';
import { node, rowsRead } from '../test-facts';
import { tableNodesOf, tablesOf } from './tables';

const AT = '2026-11-29T10:00:00.000Z';
const table = (name: string, more: Partial<Table> = {}): Table => {
  return { name, id: `id-${name}`, kind: 'table', baseTable: null, comment: '', columns: [], indexes: [], ...more };
};
const one = (value: number) => ({ keyspace: 'k', table: 't', value });
const counted = (count: number) => ({ keyspace: 'k', table: 't', count, p50Ms: 1, p99Ms: 2 });

function facts(reads: readonly NodeReads[], more: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    asOf: AT,
    nodes: reads.map((of, at) => node(at + 1, of)),
    members: [],
    keyspaces: [
      {
        name: 'k',
        system: false,
        virtual: false,
        replication: { class: 'org.apache.cassandra.locator.SimpleStrategy', replication_factor: '1' },
        tables: [table('t'), table('v', { kind: 'view' })],
      },
      { name: 'system', system: true, virtual: false, replication: {}, tables: [table('local')] },
      { name: 'system_views', system: true, virtual: true, replication: {}, tables: [table('x', { kind: 'virtual' })] },
    ],
    tables: [{ keyspace: 'k', table: 't', compaction: 'SizeTieredCompactionStrategy', defaultTtlSeconds: 60 }],
    schemaReadAt: AT,
    schemaFailure: null,
    ...more,
  };
}

const FULL: NodeReads = {
  disk: rowsRead<'disk'>([one(4)]),
  estimates: rowsRead<'estimates'>([{ keyspace: 'k', table: 't', partitions: 10, bytes: 1_000 }]),
  localReads: rowsRead<'localReads'>([counted(400)], [counted(100)]),
  localWrites: rowsRead<'localWrites'>([counted(5)]),
  builtIndexes: rowsRead<'builtIndexes'>([{ keyspace: 'k', name: 'built' }]),
  repairs: rowsRead<'repairs'>([
    { tableIds: ['id-t'], repairedAt: '2026-11-01T00:00:00.000Z' },
    { tableIds: ['id-t', 'id-v'], repairedAt: '2026-11-20T00:00:00.000Z' },
  ]),
};

describe('all tables', () => {
  it('are those that keep rows on disk, with the figures of all nodes', () => {
    const { tables } = tablesOf(facts([FULL, FULL]));
    expect(tables.map((row) => row.table).sort()).toEqual(['local', 't', 'v']);
    const row = tables.find((found) => found.table === 't');
    expect(row).toMatchObject({ defaultTtlSeconds: 60, system: false, windowMs: 300_000 });
    // 300 reads in five minutes, on each of two nodes; of writes there is one count.
    expect(row?.figures).toMatchObject({ diskMebibytes: 8, partitions: 20, readsPerSecond: 2, writesPerSecond: null });
    expect(tables.find((found) => found.table === 'v')).toMatchObject({ kind: 'view', compaction: null });
  });

  it('repeat what the verdict finds of a table, in its words', () => {
    const notes = (ttl: number) =>
      tablesOf(
        facts([FULL], {
          tables: [{ keyspace: 'k', table: 't', compaction: 'LeveledCompactionStrategy', defaultTtlSeconds: ttl }],
        }),
      ).tables.find((found) => found.table === 't')?.notes;
    expect(notes(60)).toEqual(['Rows of k.t expire, but it is compacted by LeveledCompactionStrategy.']);
    expect(notes(0)).toEqual([]);
  });

  it('name what a release lacks, and the GRANT for what may not be read', () => {
    const { unknown } = tablesOf(
      facts([
        {
          ...FULL,
          disk: { outcome: 'no_such_table', statement: 'SELECT * FROM system_views.disk_usage' },
          localReads: {
            outcome: 'not_permitted',
            statement: 'SELECT * FROM system_views.local_read_latency',
            reason: 'no permission',
            role: 'reader',
          },
        },
      ]),
    );
    expect(unknown).toEqual([
      expect.objectContaining({ what: 'Size on disk', why: 'Cassandra 5.0.9 has no system_views.disk_usage.' }),
      expect.objectContaining({ grant: 'GRANT SELECT ON KEYSPACE system_views TO reader' }),
    ]);
  });

  it('have the worst state of an index, and do not ask for SAI where none is used', () => {
    const index = { name: 'late', kind: 'COMPOSITES', target: 'v', className: null };
    const keyspaces = facts([])
      .keyspaces.slice(0, 1)
      .map((keyspace) => ({ ...keyspace, tables: [table('t', { indexes: [index] })] }));
    const late = { ...FULL, builtIndexes: rowsRead<'builtIndexes'>([{ keyspace: 'k', name: 'late' }]) };
    const { tables, unknown } = tablesOf(facts([FULL, late], { keyspaces }));
    expect(tables[0]).toMatchObject({ table: 't', indexes: [{ name: 'late', state: 'building' }] });
    expect(unknown).toEqual([]);
  });
});

describe('one table by node', () => {
  const known = { datacenter: 'dc1', release: '5.0.9', schemaVersion: null };
  const members = [
    { ...known, id: 'host1', node: '127.0.0.1:9042', rack: 'rack1', tokens: [0n] },
    { ...known, id: 'host2', node: '127.0.0.2:9042', rack: 'rack2', tokens: [2n ** 62n] },
  ];

  it('joins figures with the share of the rows, and the last repair that is known', () => {
    const found = tableNodesOf(facts([FULL, {}], { members }), 'k', 't');
    expect(found?.nodes[0]).toMatchObject({ owns: 0.75, repairedAt: '2026-11-20T00:00:00.000Z', askedAt: AT });
    expect(found?.nodes[1]).toMatchObject({ owns: 0.25, repairedAt: null });
    expect(found?.nodes[1]?.figures.diskMebibytes).toBeNull();
    expect(found?.statements).toContain('SELECT * FROM system_views.test');
  });

  it('is not there for what keeps no rows', () => {
    expect(tableNodesOf(facts([FULL]), 'k', 'gone')).toBeNull();
    expect(tableNodesOf(facts([FULL]), 'system_views', 'x')).toBeNull();
  });
});
