import { expect, describe as group, it } from 'vitest';
import { NODE_SECTIONS } from '@/lib/contract/nodes';
import { HAS_5_0, TELLS_GOSSIP } from '@/lib/test-release';
import { HAS_NODETOOL, nodetoolOf } from '../test-nodetool';
import { NODES } from '../test-ring';
import { countAnswers, testBed } from '../test-support';
import { readNodeSection } from './node-detail';
import { SECTION_STATEMENTS } from './node-detail-statements';

const { cluster } = testBed([]);
const LACKING = [
  ...(TELLS_GOSSIP ? [] : ['streams', 'hints', 'queries', 'repairs', 'repairSessions']),
  ...(HAS_5_0 ? [] : ['logs', 'snapshots']),
];

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
});
