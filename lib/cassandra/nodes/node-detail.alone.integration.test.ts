import { randomBytes } from 'node:crypto';
import { expect, describe as group, it } from 'vitest';
import { NODE_SECTIONS } from '@/lib/contract/nodes';
import { HAS_5_0, TELLS_GOSSIP } from '@/lib/test-release';
import { Cluster } from '../client/cluster';
import { HAS_NODETOOL, nodetoolOf } from '../test-nodetool';
import { NODES } from '../test-ring';
import { clusterConfig, countAnswers, insertAll, testBed } from '../test-support';
import { readNodeSection } from './node-detail';
import { SECTION_STATEMENTS } from './node-detail-statements';

const KEYSPACE = 'ringside_node_detail_test';
const { cluster, plain } = testBed([KEYSPACE]);
/** Every call starts a Java, which takes a busy machine some seconds. */
const NODETOOL_MS = 120_000;
const LOADED = 640;
const BLOB_BYTES = 65_536;
const LACKING = [
  ...(TELLS_GOSSIP ? [] : ['streams', 'hints', 'queries', 'repairs', 'repairSessions']),
  ...(HAS_5_0 ? [] : ['logs', 'snapshots']),
];

const BYTES: ReadonlyMap<string, number> = new Map([
  ['bytes', 1],
  ['KiB', 1_024],
  ['MiB', 1_024 ** 2],
  ['GiB', 1_024 ** 3],
]);

async function firstNode(): Promise<string> {
  const client = await cluster.client();
  const host = client.hosts.values().find(({ address }) => address === NODES[0]);
  return String(host?.hostId);
}

group('what one node says of itself', () => {
  it.each(NODE_SECTIONS)('has %s, or names the release that has it', async (section) => {
    const node = await firstNode();
    const read = await readNodeSection(cluster, { node, section });
    if (LACKING.includes(section)) {
      expect(read).toMatchObject({ outcome: 'no_such_table', rows: [] });
      expect(read.why).toMatch(/^Cassandra \S+ has no \S+, since \d\.\d\.$/);
      return;
    }
    expect(read).toMatchObject({ outcome: 'rows', why: null, grant: null, notShown: 0 });
    for (const row of read.rows) expect(row).toHaveLength(read.columns.length);
  });

  // A release before 5.0 lacks some; those that it lacks are left out.
  it.runIf(HAS_5_0).each(NODE_SECTIONS)('has every column that %s shows', async (section) => {
    const { statement, columns } = SECTION_STATEMENTS[section];
    const [keyspace, table] = / FROM (\w+)\.(\w+)/.exec(statement)?.slice(1) ?? [];
    const schema = keyspace === 'system' ? 'system_schema' : 'system_virtual_schema';
    const client = await cluster.client();
    const query = `SELECT column_name FROM ${schema}.columns WHERE keyspace_name = ? AND table_name = ?`;
    const { rows } = await client.execute(query, [keyspace, table], { prepare: true });
    const found = rows.map((row) => String(row.get('column_name')));
    expect(found).toEqual(expect.arrayContaining([...columns]));
  });

  it('is asked once, however many look', async () => {
    const node = await firstNode();
    const answers = countAnswers(await cluster.client(), 'system_views.clients');
    await Promise.all(Array.from({ length: 50 }, () => readNodeSection(cluster, { node, section: 'clients' })));
    expect(answers()).toBeLessThanOrEqual(1);
  });

  it('finds the node by its address as well', async () => {
    const byId = await readNodeSection(cluster, { node: await firstNode(), section: 'pools' });
    for (const node of [NODES[0] ?? '', NODES[0]?.split(':')[0] ?? '']) {
      expect(await readNodeSection(cluster, { node, section: 'pools' })).toEqual(byId);
    }
  });

  it('refuses a node that the cluster does not have', async () => {
    await expect(readNodeSection(cluster, { node: 'gone', section: 'pools' })).rejects.toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it.runIf(HAS_NODETOOL)('lists the thread pools that nodetool tpstats lists', async () => {
    const { rows } = await readNodeSection(cluster, { node: await firstNode(), section: 'pools' });
    const text = await nodetoolOf(['tpstats']);
    for (const [name] of rows) expect(text).toContain(String(name));
  });

  it.runIf(HAS_NODETOOL)('lists the clients that nodetool clientstats lists', async () => {
    const listed = async (from: Cluster) => {
      const { columns, rows } = await readNodeSection(from, { node: await firstNode(), section: 'clients' });
      return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
    };
    const before = await listed(cluster);
    const lines = (await nodetoolOf(['clientstats', '--all'])).split('\n');
    // Other clients come and go: those that are there before and after are there meanwhile.
    const later = new Cluster(clusterConfig());
    const after = await listed(later).finally(() => later.close());
    const placeOf = ({ address, port }: (typeof before)[number]) => `${address}:${port} `;
    const places = new Set(after.map(placeOf));
    const stayed = before.filter((client) => places.has(placeOf(client)));
    expect(stayed.length).toBeGreaterThan(0);
    for (const client of stayed) {
      const line = lines.find((one) => one.includes(`/${placeOf(client)}`));
      for (const name of ['username', 'driver_name', 'driver_version', 'protocol_version'] as const) {
        if (client[name] != null) expect(line).toContain(client[name]);
      }
    }
  });

  it.runIf(HAS_NODETOOL && TELLS_GOSSIP)(
    'streams when nodetool netstats says that it does',
    { timeout: 2 * NODETOOL_MS },
    async () => {
      const node = await firstNode();
      const streams = async () => {
        const [{ columns, rows }, text] = await Promise.all([
          readNodeSection(cluster, { node, section: 'streams' }),
          nodetoolOf(['netstats']),
        ]);
        const status = columns.indexOf('status');
        const isStreaming = rows.some((row) => row[status] !== 'success' && row[status] !== 'failure');
        return [isStreaming, !text.includes('Not sending any streams.')];
      };
      // Streams of repairs begin and end while both are asked.
      await expect.poll(async () => new Set(await streams()).size, { timeout: NODETOOL_MS }).toBe(1);
    },
  );

  it.runIf(HAS_NODETOOL)(
    'shows the compaction that nodetool compactionstats shows',
    { timeout: 2 * NODETOOL_MS },
    async () => {
      const [keyspace, table] = [KEYSPACE, 'heavy'];
      await plain.execute(`CREATE TABLE ${keyspace}.${table} (k int PRIMARY KEY, v blob)`);
      const blobs = Array.from({ length: LOADED }, (_, k) => [k, randomBytes(BLOB_BYTES)]);
      await insertAll(plain, `INSERT INTO ${keyspace}.${table} (k, v) VALUES (?, ?)`, blobs);
      await nodetoolOf(['flush', keyspace, table]);
      const [limit = '64'] = /\d+/.exec(await nodetoolOf(['getcompactionthroughput'])) ?? [];
      // Slow enough that both can be asked while it runs.
      await nodetoolOf(['setcompactionthroughput', '1']);
      const compaction = nodetoolOf(['compact', keyspace, table]);
      try {
        const node = await firstNode();
        const both = async () => {
          const [{ columns, rows }, text] = await Promise.all([
            readNodeSection(cluster, { node, section: 'tasks' }),
            nodetoolOf(['compactionstats']),
          ]);
          const of = (name: string) => columns.indexOf(name);
          const ours = rows.filter((row) => row[of('keyspace_name')] === keyspace);
          const lines = text.split('\n').filter((line) => line.includes(` ${keyspace} `));
          return (
            ours.length === 1 &&
            lines.length === 1 &&
            ['task_id', 'table_name', 'total', 'unit'].every((name) =>
              lines[0]?.split(/\s+/).includes(String(ours[0]?.[of(name)])),
            )
          );
        };
        await expect.poll(both, { timeout: NODETOOL_MS }).toBe(true);
      } finally {
        await nodetoolOf(['setcompactionthroughput', limit]);
        await compaction;
      }
    },
  );

  it.runIf(HAS_NODETOOL)('has the id and the capacities of caches that nodetool info has', async () => {
    const node = await firstNode();
    const { columns, rows } = await readNodeSection(cluster, { node, section: 'caches' });
    const text = await nodetoolOf(['info']);
    expect(/^ID\s*: (\S+)/m.exec(text)?.[1]).toBe(node);
    const capacityOf = (name: string) =>
      Number(rows.find((row) => row[0] === name)?.[columns.indexOf('capacity_bytes')]);
    for (const [title, name] of [
      ['Key Cache', 'keys'],
      ['Row Cache', 'rows'],
      ['Counter Cache', 'counters'],
    ] as const) {
      const [, size, unit = ''] = new RegExp(`^${title}.* capacity ([\\d.]+) (\\w+)`, 'm').exec(text) ?? [];
      const bytes = Number(size) * (BYTES.get(unit) ?? Number.NaN);
      // nodetool rounds to two decimals.
      expect(Math.abs(capacityOf(name) - bytes)).toBeLessThanOrEqual(0.01 * (BYTES.get(unit) ?? 0));
    }
  });
});
