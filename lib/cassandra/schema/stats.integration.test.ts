import { expect, describe as group, it } from 'vitest';
import { EXAMPLE_CHARACTERS } from '@/lib/contract/limits';
import { sampleResponseSchema, tableDetailsResponseSchema, tableStatsResponseSchema } from '@/lib/contract/stats';
import { HAS_4_1 } from '@/lib/test-release';
import { readSample } from '../read/sample';
import { NODES } from '../test-ring';
import { failureOf, insertAll, testBed } from '../test-support';
import { readTableStats } from './stats';
import { readTableDetails } from './table-details';

const KEYSPACE = 'ringside_stats_test';
const NAME = { keyspace: KEYSPACE, table: 'Things' };
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}."Things" ("Id" int, c int, filled text, half int, several set<text>, never blob, PRIMARY KEY ("Id", c)) WITH gc_grace_seconds = 3600 AND comment = 'ünïcode'`,
    `CREATE INDEX things_by_half ON ${KEYSPACE}."Things" (half)`,
  ],
);
const PARTITIONS = 500;
const insert = () =>
  insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}."Things" ("Id", c, filled, half, several) VALUES (?, ?, ?, ?, ?)`,
    Array.from({ length: PARTITIONS }, (_, id) => [id, 1, 'x'.repeat(300), id % 2 === 0 ? id : null, ['b', 'a']]),
  );

group('the statistics of a table', () => {
  it('come from every node, including each one’s counters', async () => {
    await insert();
    const { nodes } = tableStatsResponseSchema.parse(await readTableStats(cluster, NAME));
    expect(nodes.map(({ node }) => node).sort()).toEqual([...NODES].sort());
    const { release } = await cluster.identity();
    const missing = HAS_4_1 ? [] : [`Cassandra ${release} has no system.top_partitions: it came with 4.1.`];
    for (const { failure, gaps, localWrite, localRead, tombstonesPerRead } of nodes) {
      expect(failure).toBeNull();
      expect(gaps).toEqual(missing);
      expect(localRead).not.toBeNull();
      expect(tombstonesPerRead).not.toBeNull();
      expect(Number(localWrite?.count)).toBeGreaterThan(0);
    }
  });

  it('do not exist for a virtual or unknown table', async () => {
    expect(await failureOf(readTableStats(cluster, { keyspace: 'system_views', table: 'clients' }))).toMatchObject({
      code: 'not_found',
    });
    expect(await failureOf(readTableStats(cluster, { ...NAME, table: 'things' }))).toMatchObject({ code: 'not_found' });
  });
});

group('a sample', () => {
  it('has each partition once, and counts the rows that have a value', async () => {
    await insert();
    const signal = new AbortController().signal;
    const sample = sampleResponseSchema.parse(
      await readSample(cluster, NAME, { places: 10, partitionsPerPlace: 7 }, signal),
    );
    expect(sample).toMatchObject({ places: 10, failed: 0, partitions: 70 });
    const column = (name: string) => sample.columns.find((one) => one.name === name);
    expect(column('Id')).toMatchObject({ kind: 'partition_key', filled: 70, distinct: 70 });
    expect(column('filled')).toMatchObject({ filled: 70, distinct: 1 });
    expect(column('filled')?.examples).toEqual(['x'.repeat(EXAMPLE_CHARACTERS + 1)]);
    expect(column('several')?.examples).toEqual([['a', 'b']]);
    expect(column('never')).toMatchObject({ filled: 0, examples: [] });
    const half = column('half')?.filled ?? 0;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(70);
    const whole = await readSample(cluster, NAME, { places: 8, partitionsPerPlace: 100 }, signal);
    expect(whole.partitions).toBe(PARTITIONS);
  });
});

group('the details of a table', () => {
  it('are its properties and the state of its indexes on every node', async () => {
    await expect
      .poll(
        async () => {
          const { indexes } = await readTableDetails(cluster, NAME);
          return indexes.map(({ name, nodes }) => [name, ...nodes.map(({ state }) => state)]);
        },
        { timeout: 60_000 },
      )
      .toEqual([['things_by_half', ...NODES.map(() => 'ready')]]);
    const { properties } = tableDetailsResponseSchema.parse(await readTableDetails(cluster, NAME));
    expect(properties).toMatchObject({ gc_grace_seconds: '3600', comment: 'ünïcode', bloom_filter_fp_chance: '0.01' });
    expect(properties.compaction).toMatchObject({ class: expect.stringContaining('CompactionStrategy') });
    expect(properties).not.toHaveProperty('id');
  });
});
