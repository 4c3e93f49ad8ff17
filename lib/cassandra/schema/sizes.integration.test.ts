import { beforeAll, expect, describe as group, it } from 'vitest';
import { judgeEstimate } from '@/lib/cluster/table-size';
import { sizesResponseSchema } from '@/lib/contract/schema';
import { nodetoolOf, nodetoolOfAll } from '../test-nodetool';
import { NODES } from '../test-ring';
import { insertAll, REPLICAS, testBed } from '../test-support';
import { readSizes } from './sizes';
import { readTableStats } from './stats';

const KEYSPACE = 'ringside_sizes_test';
/** Nothing may be rewritten between nodetool's answer and ours. */
const STILL = "WITH compaction = {'class': 'SizeTieredCompactionStrategy', 'enabled': 'false'}";
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.wide (id int, c int, v text, PRIMARY KEY (id, c)) ${STILL}`,
    `CREATE TABLE ${KEYSPACE}.many (id int PRIMARY KEY, v text) ${STILL}`,
  ],
);
const MEBIBYTE = 2 ** 20;
const PARTITIONS = 2_000;
/** One node stands for all where it can. */
const FIRST = NODES[0] ?? '';

let tableStats = '';

beforeAll(async () => {
  const text = (row: number) => String(row).repeat(200);
  const rows = (count: number) => Array.from({ length: count }, (_, row) => row);
  await insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.wide (id, c, v) VALUES (1, ?, ?)`,
    rows(3_000).map((row) => [row, text(row)]),
  );
  await insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.many (id, v) VALUES (?, ?)`,
    rows(PARTITIONS).map((row) => [row, text(row)]),
  );
  await nodetoolOfAll(['flush', KEYSPACE]);
  await nodetoolOfAll(['refreshsizeestimates']);
  tableStats = await nodetoolOf(['tablestats', KEYSPACE]);
});

/** A figure that `nodetool tablestats` has for a table on the first node. */
function figure(table: string, name: string): number {
  const ofTable = tableStats.split('\tTable: ').find((text) => text.startsWith(`${table}\n`)) ?? '';
  const [, value] = new RegExp(`${name}: (\\S+)`).exec(ofTable) ?? [];
  if (value === undefined) throw new Error(`nodetool has no ${name} for ${table}`);
  return Number(value);
}

async function sizeOf(name: string) {
  const sizes = sizesResponseSchema.parse(await readSizes(cluster));
  expect(sizes.gaps).toEqual([]);
  const found = sizes.keyspaces
    .find(({ keyspace }) => keyspace === KEYSPACE)
    ?.tables.find(({ table }) => table === name);
  if (found === undefined) throw new Error(`no size of ${name}`);
  return { ...found, nodes: sizes.nodesAnswered, copies: REPLICAS };
}

async function statsOf(table: string) {
  const { nodes } = await readTableStats(cluster, { keyspace: KEYSPACE, table });
  const first = nodes.find(({ node }) => node === FIRST);
  if (first === undefined) throw new Error(`no stats from ${FIRST}`);
  return { first, nodes };
}

group('the size of a table on disk', () => {
  it.each(['wide', 'many'])('is nodetool’s for %s, rounded up to MiB by each node', async (table) => {
    const { first, nodes } = await statsOf(table);
    expect(first.diskMebibytes).toBe(Math.ceil(figure(table, 'Space used \\(live\\)') / MEBIBYTE));
    const { diskMebibytes } = await sizeOf(table);
    expect(diskMebibytes).toBe(nodes.reduce((sum, node) => sum + (node.diskMebibytes ?? Number.NaN), 0));
  });

  it('has nodetool’s largest partition', async () => {
    const { first } = await statsOf('wide');
    expect(first.maxPartitionMebibytes).toBe(Math.ceil(figure('wide', 'Compacted partition maximum bytes') / MEBIBYTE));
  });
});

group('an estimate', () => {
  it('of one partition is called unreliable, where nodetool counts one', async () => {
    expect(figure('wide', 'Number of partitions \\(estimate\\)')).toBe(1);
    const size = await sizeOf('wide');
    expect(size.partitions).toBeGreaterThan(100);
    expect(judgeEstimate(size)).toBe('too_high');
  });

  it('of many small partitions is plausible', async () => {
    const size = await sizeOf('many');
    expect(size.partitions).toBeGreaterThan(PARTITIONS / 2);
    expect(judgeEstimate(size)).toBe('plausible');
  });
});

group('the percentiles of a table', () => {
  it('are those of nodetool tablehistograms, in whole milliseconds', async () => {
    const reads = Array.from({ length: 200 }, (_, id) => [id]);
    await insertAll(plain, `SELECT v FROM ${KEYSPACE}.many WHERE id = ?`, reads);
    const text = await nodetoolOf(['tablehistograms', KEYSPACE, 'many']);
    const { first } = await statsOf('many');
    const micros = Number(/^99%\s+(\S+)/m.exec(text)?.[1]);
    expect(Math.abs((first.localRead?.p99Ms ?? Number.NaN) - micros / 1_000)).toBeLessThanOrEqual(1);
    expect(Number(first.localRead?.count)).toBeGreaterThan(0);
  });
});
