import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { NODES } from '@/lib/cassandra/test-ring';
import { clusterConfig, insertAll, REPLICAS, testBed } from '@/lib/cassandra/test-support';
import { findLineSchema, tableNodesResponseSchema, tablesResponseSchema } from '@/lib/contract/tables';
import { HAS_5_0 } from '@/lib/test-release';
import { POST as find } from './clusters/[cluster]/tables/[keyspace]/[table]/find/route';
import { GET as tableNodes } from './clusters/[cluster]/tables/[keyspace]/[table]/nodes/route';
import { GET as tables } from './clusters/[cluster]/tables/route';

vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig()]));

const KEYSPACE = 'ringside_tables_test';
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.busy (k int, c int, v text, PRIMARY KEY (k, c)) WITH default_time_to_live = 86400 AND compaction = {'class': 'SizeTieredCompactionStrategy'}`,
    `CREATE INDEX busy_by_v ON ${KEYSPACE}.busy (v)`,
    `CREATE TABLE ${KEYSPACE}.calm (k int PRIMARY KEY)`,
    `CREATE TABLE ${KEYSPACE}.dead (k int, c int, PRIMARY KEY (k, c))`,
  ],
);
afterAll(() => closeClusters());

const request = () => new Request('http://localhost/');
const here = { params: Promise.resolve({ cluster: 'test' }) };
const at = (table: string) => ({ params: Promise.resolve({ cluster: 'test', keyspace: KEYSPACE, table }) });
const look = async () => tablesResponseSchema.parse(await (await tables(request(), here)).json());
const row = async (name: string) =>
  (await look()).tables.find(({ keyspace, table }) => keyspace === KEYSPACE && table === name);
const LATER = { timeout: 120_000, interval: 1_000 };
const insertBusy = () =>
  insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.busy (k, c, v) VALUES (?, ?, ?)`,
    Array.from({ length: 200 }, (_, at) => [at, 1, 'x']),
  );

describe('all tables', () => {
  it('have their options, index states, latencies and rates, from every node', async () => {
    await insertBusy();
    const busy = async () => {
      await insertBusy();
      return (await row('busy'))?.figures.writesPerSecond ?? 0;
    };
    await expect.poll(busy, LATER).toBeGreaterThan(0);
    const found = await row('busy');
    expect(found).toMatchObject({
      kind: 'table',
      system: false,
      compaction: 'SizeTieredCompactionStrategy',
      defaultTtlSeconds: 86_400,
      indexes: [{ name: 'busy_by_v', state: 'ready' }],
    });
    expect(found?.windowMs).toBeGreaterThan(1_000);
    expect(found?.windowMs).toBeLessThan(180_000);
    expect(found?.figures.writeP99Ms).not.toBeNull();
    // The verdict's own words, not a second judgement.
    expect(found?.notes).toEqual([
      `Rows of ${KEYSPACE}.busy expire, but it is compacted by SizeTieredCompactionStrategy.`,
    ]);
    expect((await row('calm'))?.notes).toEqual([]);
    const { pace, nodes, silent } = await look();
    expect([nodes, silent]).toEqual([NODES.length, []]);
    expect(pace.statementsPerMinute).toBeLessThanOrEqual(1_200);
  });

  it('put a table whose reads pass over many tombstones first, and say why', async () => {
    const rows = Array.from({ length: 1_500 }, (_, c) => [1, c]);
    await insertAll(plain, `DELETE FROM ${KEYSPACE}.dead WHERE k = ? AND c = ?`, rows);
    // The histogram decays: it must be read again while it is looked at.
    const afterReads = async () => {
      for (let read = 0; read < 10; read++) await plain.execute(`SELECT * FROM ${KEYSPACE}.dead WHERE k = 1`);
      return (await row('dead'))?.degree ?? 0;
    };
    await expect.poll(afterReads, LATER).toBeGreaterThan(1);
    const dead = await row('dead');
    expect(dead?.reasons[0]).toMatchObject({
      text: expect.stringMatching(/^reads pass over 1,\d\d\d tombstones \(p99 on /),
      threshold: expect.stringContaining('tombstone_warn_threshold'),
    });
    const own = (await look()).tables.filter(({ keyspace }) => keyspace === KEYSPACE);
    expect(own[0]?.table).toBe('dead');
    expect((await row('calm'))?.reasons).toEqual([]);
  });

  it('name what the release lacks', async () => {
    const { unknown } = await look();
    // Only where a table has such an index does it matter that the states are not known.
    expect(unknown.filter(({ what }) => what === 'States of SAI indexes' && HAS_5_0)).toEqual([]);
  });
});

describe('a table by node', () => {
  it('says what each node holds, its share of the ring, and where that is from', async () => {
    await insertBusy();
    const { nodes, statements } = tableNodesResponseSchema.parse(
      await (await tableNodes(request(), at('busy'))).json(),
    );
    expect(nodes.map(({ node }) => node).sort()).toEqual([...NODES].sort());
    for (const { owns, silence, repairedAt } of nodes) {
      expect([owns === null ? null : Math.round(owns * 100), silence, repairedAt]).toEqual([
        Math.round((REPLICAS / NODES.length) * 100),
        null,
        null,
      ]);
    }
    expect(statements).toContain('SELECT * FROM system_views.local_read_latency');
    expect((await tableNodes(request(), at('gone'))).status).toBe(404);
  });
});

describe('a search over HTTP', () => {
  it('is lines of progress, then one end', async () => {
    await insertBusy();
    const body = JSON.stringify({ what: 'wide', places: 4 });
    const response = await find(new Request('http://localhost/', { method: 'POST', body }), at('busy'));
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => findLineSchema.parse(JSON.parse(line)));
    expect(lines.slice(0, -1).every((line) => 'progress' in line)).toBe(true);
    expect(lines.at(-1)).toMatchObject({ end: { ended: 'whole', spent: { partitions: 200, share: 1 } } });
  });

  it.each([{ what: 'else' }, { what: 'wide', rows: 2_000_000 }, { what: 'wide', seconds: 0 }])(
    'refuses %j',
    async (input) => {
      const body = JSON.stringify(input);
      const response = await find(new Request('http://localhost/', { method: 'POST', body }), at('busy'));
      expect(response.status).toBe(400);
    },
  );
});
