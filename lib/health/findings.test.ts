import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ClusterFacts, IndexSample, NodeReads, RepairRecord, TableOptions } from './facts';
import {
  client,
  facts,
  keyspace,
  local,
  member,
  network,
  node,
  pool,
  rowsRead,
  SETTINGS,
  seeing,
  silent,
  simple,
  TWO_CENTERS,
  table,
  view,
} from './test-facts';
import { findingsOf } from './verdict';

const kinds = (given: ClusterFacts) => findingsOf(given).map(({ kind }) => kind);

/** One node with other reads beside two healthy ones. */
const withNode = (reads: NodeReads) => facts({ nodes: [node(1, reads), node(2), node(3)] });
const withKeyspaces = (keyspaces: ClusterFacts['keyspaces'], members = facts().members) =>
  facts({ keyspaces, members });
const withTable = (compaction: string, defaultTtlSeconds: number) =>
  facts({ tables: [{ keyspace: 'shop', table: 't', compaction, defaultTtlSeconds }] });

const blockedPool = (blocked: number, blockedEver: number) => pool({ blocked, blockedEver });
const outbound = (expired: number, overloaded = 0) => ({ target: '127.0.0.2:7000', expired, overloaded });
const hint = (files: number, oldest: string) => ({ hostId: 'host2', files, oldest });
const setting = (name: string, value: string) =>
  rowsRead<'settings'>([...SETTINGS.filter((one) => one.name !== name), { name, value }]);
const password = setting('authenticator', 'PasswordAuthenticator');
const shopTable = (value: number) => ({ keyspace: 'shop', table: 't', value });
const snapshot = (trueBytes: number, expiresAt: string | null = null) => ({
  ...shopTable(0),
  name: 's',
  trueBytes,
  createdAt: null,
  expiresAt,
});
const BIG = 500_000_000;
const crowdRows = (count: number, user = 'app') => Array.from({ length: count }, () => client({ user }));
const crowd = (count: number) => rowsRead<'clients'>(crowdRows(count));
const compactor = (active: number, pending: number) => pool({ name: 'CompactionExecutor', active, limit: 2, pending });
const shop = [keyspace('shop', network({ dc1: '1' }))];
/** Even tokens, so that each node has a third of the rows. */
const THIRDS = [-6_148_914_691_236_517_206n, 0n, 6_148_914_691_236_517_205n].map((token, at) => ({
  ...member(at + 1, 'dc1', 'a', [token]),
}));
const onDisk = (mebibytes: readonly number[]) =>
  facts({
    nodes: mebibytes.map((value, at) => node(at + 1, { disk: rowsRead<'disk'>([shopTable(value)]) })),
    keyspaces: shop,
    members: THIRDS,
  });

const DAY_MS = 86_400_000;
const repair = (daysAgo: number, more: Partial<RepairRecord> = {}): RepairRecord => {
  const at = new Date(Date.parse(facts().asOf) - daysAgo * DAY_MS).toISOString();
  return { id: 'r', keyspace: 'shop', tables: ['t'], startedAt: at, finishedAt: at, hasFailed: false, ...more };
};
const OLD_TABLE = new Date(Date.parse(facts().asOf) - 100 * DAY_MS).toISOString();
const repaired = (
  rows: readonly RepairRecord[],
  { createdAt = OLD_TABLE, gcGraceSeconds = 864_000 }: Pick<TableOptions, 'createdAt' | 'gcGraceSeconds'> = {},
  more: Partial<ClusterFacts> = {},
) =>
  facts({
    tables: [{ keyspace: 'shop', table: 't', compaction: 'X', defaultTtlSeconds: 0, createdAt, gcGraceSeconds }],
    repairHistory: { outcome: 'rows', rows, askedAt: facts().asOf, statement: 'SELECT * FROM repairs' },
    ...more,
  });

const INDEX = { name: 'by_v', kind: 'COMPOSITES', target: 'v', className: null };
const indexedIn = (factor: string) => [
  keyspace('shop', network({ dc1: factor }), [{ ...table('t'), indexes: [INDEX] }]),
];
const sampled = (more: Partial<IndexSample> = {}, given: Partial<ClusterFacts> = {}) =>
  facts({
    keyspaces: indexedIn('2'),
    indexSamples: [
      {
        keyspace: 'shop',
        table: 't',
        tableId: 't',
        index: 'by_v',
        column: 'v',
        kind: 'secondary',
        values: 1_000,
        nulls: 0,
        distinct: 990,
        most: 2,
        places: 16,
        partitions: 1_000,
        rows: 1_000,
        estimatedPartitions: 1_000_000,
        askedAt: facts().asOf,
        statement: 'SELECT v FROM shop.t',
        ...more,
      },
    ],
    ...given,
  });
const few = { distinct: 2, most: 900 };

/** Facts in which a finding is there, and facts close to them in which it is not. */
const CASES: readonly {
  readonly kind: string;
  readonly there: readonly ClusterFacts[];
  readonly absent: readonly ClusterFacts[];
}[] = [
  {
    kind: 'node_down',
    there: [facts({ nodes: [seeing(1, 'down'), seeing(2, 'down'), silent(3)] })],
    absent: [
      facts({ nodes: [seeing(1, 'down'), seeing(2, 'up'), silent(3)] }),
      facts({ nodes: [seeing(1, 'down'), seeing(2, 'down'), node(3)] }),
      facts({ nodes: [seeing(1, 'unknown'), seeing(2, 'unknown'), silent(3)] }),
    ],
  },
  {
    kind: 'node_silent',
    there: [facts({ nodes: [node(1), node(2), silent(3)] }), facts({ nodes: [seeing(1, 'unknown'), silent(3)] })],
    absent: [facts({ nodes: [seeing(1, 'down'), seeing(2, 'down'), silent(3)] })],
  },
  {
    kind: 'state_disagreement',
    there: [
      facts({ nodes: [seeing(1, 'down'), seeing(2, 'up'), node(3)] }),
      facts({ nodes: [seeing(1, 'down'), seeing(2, 'up'), silent(3)] }),
      facts({ nodes: [seeing(1, 'down'), seeing(2, 'down'), node(3)] }),
    ],
    absent: [
      facts({ nodes: [seeing(1, 'unknown'), seeing(2, 'up'), node(3)] }),
      facts({ nodes: [seeing(1, 'down'), seeing(2, 'down'), silent(3)] }),
    ],
  },
  {
    kind: 'schema_disagreement',
    there: [withNode({ local: rowsRead<'local'>([local({ schemaVersion: 'v2' })]) })],
    absent: [
      // A node that does not answer says nothing of now.
      facts({
        nodes: [
          node(1),
          node(
            2,
            { local: rowsRead<'local'>([local({ schemaVersion: 'v2' })]) },
            { silence: { lastAnswerAt: null, reason: '', isLate: false } },
          ),
        ],
      }),
    ],
  },
  { kind: 'release_mix', there: [withNode({ local: rowsRead<'local'>([local({ release: '4.1.10' })]) })], absent: [] },
  {
    kind: 'identity_disagreement',
    there: [
      withNode({ local: rowsRead<'local'>([local({ clusterName: 'other' })]) }),
      withNode({ local: rowsRead<'local'>([local({ partitioner: 'RandomPartitioner' })]) }),
    ],
    absent: [],
  },
  {
    kind: 'clock_skew',
    there: [withNode({ local: rowsRead<'local'>([local({ clockMs: 1_000_600 })]) })],
    absent: [
      withNode({ local: rowsRead<'local'>([local({ clockMs: 1_000_400 })]) }),
      // A slow answer proves nothing.
      withNode({ local: rowsRead<'local'>([local({ clockMs: 1_000_600, receivedMs: 1_001_000 })]) }),
      withNode({ local: rowsRead<'local'>([local({ clockMs: 1_000_600, sentMs: 1_000_500, receivedMs: 1_000_600 })]) }),
    ],
  },
  {
    kind: 'settings_differ',
    there: [withNode({ settings: setting('authenticator', 'PasswordAuthenticator') })],
    absent: [
      withNode({ settings: setting('num_tokens', '4') }),
      withNode({ settings: { outcome: 'no_such_table', statement: '' } }),
      // Another release has other settings.
      withNode({ local: rowsRead<'local'>([local({ release: '4.0.1' })]), settings: setting('authorizer', 'X') }),
    ],
  },
  {
    kind: 'simple_strategy',
    there: [withKeyspaces([keyspace('shop', simple(3))], TWO_CENTERS)],
    absent: [
      withKeyspaces([keyspace('shop', simple(3))]),
      withKeyspaces([keyspace('system_x', simple(3))], TWO_CENTERS),
    ],
  },
  {
    kind: 'single_replica',
    there: [withKeyspaces([keyspace('shop', simple(1))]), withKeyspaces([keyspace('shop', network({ dc1: '1' }))])],
    absent: [
      withKeyspaces([keyspace('shop', simple(1))], [member(1)]),
      withKeyspaces([keyspace('shop', network({ dc1: '1', dc2: '1' }))], TWO_CENTERS),
    ],
  },
  {
    kind: 'more_replicas_than_nodes',
    there: [
      withKeyspaces([keyspace('shop', simple(4))]),
      withKeyspaces([keyspace('shop', network({ dc1: '4' }))]),
      withKeyspaces([keyspace('shop', network({ dc1: '3', nowhere: '1' }))]),
    ],
    absent: [
      withKeyspaces([keyspace('shop', network({ dc1: '3', nowhere: '0' }))]),
      facts({ members: [], schemaReadAt: null }),
    ],
  },
  {
    kind: 'fewer_racks_than_replicas',
    there: [
      withKeyspaces(
        [keyspace('shop', network({ dc1: '3' }))],
        [member(0, 'dc1', 'a'), member(1, 'dc1', 'a'), member(2, 'dc1', 'b')],
      ),
    ],
    absent: [
      withKeyspaces(
        [keyspace('shop', network({ dc1: '3' }))],
        [member(0, 'dc1', 'a'), member(1, 'dc1', 'a'), member(2, 'dc1', 'a')],
      ),
      withKeyspaces(
        [keyspace('shop', network({ dc1: '2' }))],
        [member(0, 'dc1', 'a'), member(1, 'dc1', 'a'), member(2, 'dc1', 'b')],
      ),
    ],
  },
  {
    kind: 'system_auth_replicas',
    there: [
      withNode({ settings: password }),
      facts({
        nodes: [node(1, { settings: password })],
        members: TWO_CENTERS,
        keyspaces: [keyspace('system_auth', network({ dc1: '2' }))],
      }),
    ],
    absent: [
      facts(),
      facts({ nodes: [node(1, { settings: password })], keyspaces: [keyspace('system_auth', network({ dc1: '3' }))] }),
      // Without settings nobody knows whether logins are checked.
      withNode({ settings: { outcome: 'no_such_table', statement: '' } }),
    ],
  },
  {
    kind: 'unused_datacenter',
    there: [withKeyspaces([keyspace('shop', network({ dc1: '2' }))], TWO_CENTERS)],
    absent: [
      withKeyspaces([keyspace('shop', network({ dc1: '2' })), keyspace('x', network({ dc2: '1' }))], TWO_CENTERS),
      withKeyspaces([keyspace('shop', network({ dc1: '2' })), keyspace('x', simple(1))], TWO_CENTERS),
      withKeyspaces([], TWO_CENTERS),
    ],
  },
  {
    kind: 'uneven_ownership',
    there: [
      withKeyspaces(
        [keyspace('shop', network({ dc1: '1' }))],
        [
          member(1, 'dc1', 'a', [-9_000_000_000_000_000_000n]),
          member(2, 'dc1', 'a', [0n]),
          member(3, 'dc1', 'a', [1_000n]),
        ],
      ),
    ],
    absent: [withKeyspaces([keyspace('shop', network({ dc1: '1' }))]), facts()],
  },
  {
    kind: 'hints_waiting',
    there: [withNode({ hints: rowsRead<'hints'>([hint(1, '2026-11-29T09:59:00.000Z')]) })],
    absent: [withNode({ hints: rowsRead<'hints'>([]) })],
  },
  {
    kind: 'blocked_stage',
    there: [
      withNode({ pools: rowsRead<'pools'>([blockedPool(2, 4)], [blockedPool(2, 4)]) }),
      withNode({ pools: rowsRead<'pools'>([blockedPool(0, 5)], [blockedPool(0, 4)]) }),
    ],
    absent: [
      withNode({ pools: rowsRead<'pools'>([blockedPool(0, 4)], [blockedPool(0, 4)]) }),
      // It was restarted in between.
      withNode({ pools: rowsRead<'pools'>([blockedPool(0, 1)], [blockedPool(0, 4)]) }),
      // One look alone has no rate.
      withNode({ pools: rowsRead<'pools'>([blockedPool(0, 5)]) }),
    ],
  },
  {
    kind: 'lost_messages',
    there: [
      withNode({ outbound: rowsRead<'outbound'>([outbound(7)], [outbound(4)]) }),
      withNode({ outbound: rowsRead<'outbound'>([outbound(4, 1)], [outbound(4)]) }),
    ],
    absent: [
      withNode({ outbound: rowsRead<'outbound'>([outbound(7)], [outbound(7)]) }),
      withNode({ outbound: rowsRead<'outbound'>([outbound(1)], [outbound(7)]) }),
      withNode({ outbound: rowsRead<'outbound'>([outbound(7)]) }),
      // A node that was met only now.
      withNode({ outbound: rowsRead<'outbound'>([outbound(7)], []) }),
    ],
  },
  {
    kind: 'ring_change',
    there: [
      facts({ nodes: [seeing(1, 'leaving'), seeing(2, 'up'), node(3)] }),
      facts({ nodes: [seeing(1, 'joining'), node(3)] }),
    ],
    absent: [facts({ nodes: [seeing(1, 'unknown'), seeing(2, 'down'), node(3)] })],
  },
  {
    kind: 'compaction_backlog',
    there: [withNode({ pools: rowsRead<'pools'>([compactor(2, 3)], [compactor(2, 3)]) })],
    absent: [
      withNode({ pools: rowsRead<'pools'>([compactor(2, 2)], [compactor(2, 3)]) }),
      withNode({ pools: rowsRead<'pools'>([compactor(1, 3)], [compactor(2, 3)]) }),
      // It has just begun.
      withNode({ pools: rowsRead<'pools'>([compactor(2, 3)], [compactor(2, 0)]) }),
      withNode({ pools: rowsRead<'pools'>([compactor(2, 3)]) }),
      // Another stage.
      withNode({ pools: rowsRead<'pools'>([{ ...compactor(2, 3), name: 'ReadStage' }], [compactor(2, 3)]) }),
    ],
  },
  {
    kind: 'clients_without_tls',
    there: [withNode({ settings: password, clients: rowsRead<'clients'>([client()]) })],
    absent: [
      // Nobody logs in.
      withNode({ clients: rowsRead<'clients'>([client()]) }),
      withNode({ settings: password, clients: rowsRead<'clients'>([client({ user: 'anonymous' })]) }),
      withNode({ settings: password, clients: rowsRead<'clients'>([client({ user: null })]) }),
      withNode({ settings: password, clients: rowsRead<'clients'>([client({ isEncrypted: true })]) }),
      // The password does not leave the machine.
      withNode({ settings: password, clients: rowsRead<'clients'>([client({ address: '127.0.0.1' })]) }),
      withNode({ settings: password, clients: rowsRead<'clients'>([client({ address: '::1' })]) }),
    ],
  },
  {
    kind: 'clients_on_one_node',
    there: [withNode({ clients: crowd(10) })],
    absent: [
      withNode({ clients: crowd(9) }),
      withNode({ clients: rowsRead<'clients'>([...crowdRows(5, 'a'), ...crowdRows(5, 'b')]) }),
      facts({ nodes: [1, 2, 3].map((id) => node(id, { clients: crowd(10) })) }),
      // Nobody knows whether it is connected to the third.
      facts({ nodes: [node(1, { clients: crowd(10) }), node(2), silent(3)] }),
      // Other applications at the same address are elsewhere.
      facts({ nodes: [node(1, { clients: crowd(10) }), node(2, { clients: crowd(1) }), node(3)] }),
      // There is no other node.
      facts({ nodes: [node(1, { clients: crowd(10) })] }),
    ],
  },
  {
    kind: 'table_skew',
    there: [onDisk([4_096, 100, 100]), onDisk([2_500, 100, 0])],
    absent: [
      onDisk([2_000, 2_000, 2_000]),
      // More, but not by much.
      onDisk([2_000, 1_000, 1_000]),
      onDisk([1_000, 0, 0]),
      // A share of the table is not known.
      facts({ ...onDisk([4_096, 100]), nodes: [...onDisk([4_096, 100]).nodes.slice(0, 2), silent(3)] }),
      facts({ ...onDisk([4_096, 100, 100]), keyspaces: [keyspace('shop', { class: 'com.example.Own' })] }),
      facts({ ...onDisk([4_096, 100, 100]), members: [], schemaReadAt: null }),
    ],
  },
  {
    kind: 'long_queries',
    there: [withNode({ queries: rowsRead<'queries'>([{ runningMs: 12_001 }]) })],
    absent: [withNode({ queries: rowsRead<'queries'>([{ runningMs: 12_000 }]) })],
  },
  {
    kind: 'old_protocol',
    there: [withNode({ clients: rowsRead<'clients'>([client({ protocol: 3 })]) })],
    absent: [withNode({ clients: rowsRead<'clients'>([client({ protocol: 4 })]) })],
  },
  {
    kind: 'key_cache_off',
    there: [withNode({ caches: rowsRead<'caches'>([{ name: 'keys', capacityBytes: 0 }]) })],
    absent: [
      withNode({ caches: rowsRead<'caches'>([{ name: 'keys', capacityBytes: 1 }]) }),
      withNode({ caches: rowsRead<'caches'>([{ name: 'rows', capacityBytes: 0 }]) }),
      withNode({
        caches: rowsRead<'caches'>([{ name: 'keys', capacityBytes: 0 }]),
        settings: setting('sstable.selected_format', 'bti'),
      }),
    ],
  },
  {
    kind: 'snapshots',
    there: [withNode({ snapshots: rowsRead<'snapshots'>([snapshot(BIG)]) })],
    absent: [
      withNode({ snapshots: rowsRead<'snapshots'>([snapshot(1_000)]) }),
      withNode({ snapshots: rowsRead<'snapshots'>([snapshot(BIG, '2026-12-01T00:00:00Z')]) }),
      withNode({
        snapshots: rowsRead<'snapshots'>([snapshot(BIG)]),
        gossip: rowsRead<'gossip'>([view(1, 'up', { loadBytes: 10 * BIG }), view(2), view(3)]),
      }),
    ],
  },
  {
    kind: 'large_partition',
    there: [withNode({ largest: rowsRead<'largest'>([shopTable(101)]) })],
    absent: [
      withNode({ largest: rowsRead<'largest'>([shopTable(100)]) }),
      withNode({ largest: rowsRead<'largest'>([{ keyspace: 'system_x', table: 't', value: 101 }]) }),
    ],
  },
  {
    kind: 'tombstones',
    there: [
      withNode({ tombstones: rowsRead<'tombstones'>([shopTable(1_000)]) }),
      withNode({
        tombstones: rowsRead<'tombstones'>([shopTable(50)]),
        settings: setting('tombstone_warn_threshold', '50'),
      }),
    ],
    absent: [withNode({ tombstones: rowsRead<'tombstones'>([shopTable(999)]) })],
  },
  {
    kind: 'ttl_without_time_windows',
    there: [withTable('SizeTieredCompactionStrategy', 60)],
    absent: [
      withTable('TimeWindowCompactionStrategy', 60),
      withTable('UnifiedCompactionStrategy', 60),
      withTable('LeveledCompactionStrategy', 0),
    ],
  },
  {
    kind: 'time_windows_without_ttl',
    there: [withTable('TimeWindowCompactionStrategy', 0)],
    absent: [withTable('TimeWindowCompactionStrategy', 60)],
  },
  {
    kind: 'repair_overdue',
    there: [
      repaired([repair(11)]),
      // What has failed since, or has not ended, does not count; nor does another table.
      repaired([
        repair(11),
        repair(2, { hasFailed: true }),
        repair(1, { finishedAt: null }),
        repair(1, { tables: ['u'] }),
        repair(1, { keyspace: 'other' }),
      ]),
      repaired([repair(0.01)], { gcGraceSeconds: 60 }),
    ],
    absent: [
      repaired([repair(11), repair(9)]),
      // No record, or none that ended well: nothing is known.
      repaired([]),
      repaired([repair(11, { hasFailed: true })]),
      repaired([repair(11, { finishedAt: null })]),
      // Of a table of that name that was dropped.
      repaired([repair(11)], { createdAt: repair(10).startedAt }),
      repaired([repair(11)], { createdAt: null }),
      repaired([repair(11)], { gcGraceSeconds: 0 }),
      // There is no other replica.
      repaired([repair(11)], {}, { keyspaces: [keyspace('shop', network({ dc1: '1' }))] }),
      // A node knows of a later one.
      repaired(
        [repair(11)],
        {},
        {
          nodes: [
            node(1),
            node(2, { repairs: rowsRead<'repairs'>([{ tableIds: ['t'], repairedAt: repair(1).startedAt }]) }),
            node(3),
          ],
        },
      ),
      facts({ ...repaired([]), repairHistory: { outcome: 'unknown', why: 'a replica is down', grant: null } }),
    ],
  },
  {
    kind: 'index_high_cardinality',
    there: [sampled(), sampled({ values: 5_000, distinct: 5_000, places: 32 })],
    absent: [
      sampled({ distinct: 989 }),
      // Too few to know.
      sampled({ values: 999, distinct: 999 }),
      sampled({ places: 15 }),
      // Other kinds keep their values otherwise.
      sampled({ kind: 'sai' }),
      sampled({ kind: 'sasi' }),
      sampled({ kind: 'unknown' }),
      // Every node has all rows.
      sampled({}, { keyspaces: indexedIn('3') }),
      sampled({}, { members: [], schemaReadAt: null }),
      // Of an index, or a table, that is gone.
      sampled({ index: 'by_w' }),
      sampled({ tableId: 'older' }),
    ],
  },
  {
    kind: 'index_low_cardinality',
    there: [
      // 1,000,000 rows, at least 75 % with one value, on two of three nodes each.
      sampled(few),
      sampled({ distinct: 100, most: 1_000 }),
      // Two rows of each partition were seen.
      sampled({ ...few, most: 1_000, values: 1_000, partitions: 500, estimatedPartitions: 75_000 }),
    ],
    absent: [
      sampled({ distinct: 101, most: 900 }),
      // A value of few rows narrows a query down.
      sampled({ distinct: 20, most: 250, estimatedPartitions: 100_000_000 }),
      sampled({ ...few, estimatedPartitions: 190_000 }),
      sampled({ ...few, estimatedPartitions: null }),
      sampled({ ...few, values: 999 }),
      sampled({ ...few, places: 15 }),
      sampled({ ...few, kind: 'sai' }),
      sampled({ ...few, kind: 'sasi' }),
      sampled(few, { keyspaces: indexedIn('x') }),
    ],
  },
  {
    kind: 'many_tables',
    there: [
      withKeyspaces([
        keyspace(
          'shop',
          network({ dc1: '3' }),
          Array.from({ length: 151 }, (_, at) => table(`t${at}`)),
        ),
      ]),
    ],
    absent: [
      withKeyspaces([
        keyspace(
          'shop',
          network({ dc1: '3' }),
          Array.from({ length: 150 }, (_, at) => table(`t${at}`)),
        ),
      ]),
    ],
  },
];

describe('a healthy cluster', () => {
  it('has no findings', () => expect(findingsOf(facts())).toEqual([]));
});

describe.each(CASES)('$kind', ({ kind, there, absent }) => {
  it('is found when it is there, with all that a person needs', () => {
    for (const given of there) {
      const found = findingsOf(given).filter((one) => one.kind === kind);
      expect(found).not.toEqual([]);
      for (const one of found) {
        expect(one.evidence.length).toBeGreaterThan(0);
        expect(one.evidence.every(({ at }) => !Number.isNaN(Date.parse(at)))).toBe(true);
        expect(one.evidence.every(({ value, unit }) => (typeof value === 'number') === (unit !== null))).toBe(true);
        expect(one.statement).toMatch(/^SELECT /);
        for (const text of [one.title, one.threshold.text, one.threshold.source, one.meaning, one.action]) {
          expect(text).not.toMatch(/undefined|NaN|Infinity/);
          expect(text.length).toBeGreaterThan(3);
        }
      }
    }
  });

  it('is not found when it is not', () => {
    for (const given of [facts(), ...absent]) expect(kinds(given)).not.toContain(kind);
  });
});

describe('docs/operate.md', () => {
  const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

  it('lists every finding with its threshold, source and meaning', () => {
    const inCode = readdirSync(fileURLToPath(new URL('rules', import.meta.url))).flatMap((file) =>
      [...read(`rules/${file}`).matchAll(/^\s*kind: '(\w+)',$/gm)].map(([, kind]) => kind),
    );
    expect(CASES.map(({ kind }) => kind).sort()).toEqual([...new Set(inCode)].sort());
    const rows = CASES.map(({ kind, there }) => {
      const [given = facts()] = there;
      const found = findingsOf(given).find((one) => one.kind === kind);
      const { threshold, meaning, severity } = found ?? {
        threshold: { text: '', source: '' },
        meaning: '',
        severity: '',
      };
      return `| \`${kind}\` | ${severity} | ${threshold.text} | ${threshold.source} | ${meaning} |`;
    });
    const table = ['| finding | | threshold | source | what it means |', '|---|---|---|---|---|', ...rows.sort()].join(
      '\n',
    );
    // When this fails, it shows the table to paste.
    expect(/^\| finding(.|\n)*?(?=\n\n)/m.exec(read('../../docs/operate.md'))?.[0]).toBe(table);
  });
});

describe('hints', () => {
  const severity = (reads: NodeReads) =>
    findingsOf(withNode(reads)).find(({ kind }) => kind === 'hints_waiting')?.severity;
  const RECENT = '2026-11-29T09:59:00.000Z';

  it('are worse when they grow, and worst when they are older than the window', () => {
    expect(severity({ hints: rowsRead<'hints'>([hint(1, RECENT)]) })).toBe('notice');
    expect(severity({ hints: rowsRead<'hints'>([hint(2, RECENT)], [hint(2, RECENT)]) })).toBe('notice');
    expect(severity({ hints: rowsRead<'hints'>([hint(3, RECENT)], [hint(2, RECENT)]) })).toBe('warn');
    expect(severity({ hints: rowsRead<'hints'>([hint(1, '2026-11-29T06:59:00.000Z')]) })).toBe('danger');
    expect(severity({ hints: rowsRead<'hints'>([hint(1, RECENT)]), settings: setting('max_hint_window', '30s') })).toBe(
      'danger',
    );
  });
});

describe('findings', () => {
  it('come the worst first, and have one id each', () => {
    const found = findingsOf(
      facts({
        nodes: [seeing(1, 'down'), node(2), silent(3)],
        keyspaces: [keyspace('a', simple(1)), keyspace('b', simple(1))],
      }),
    );
    const order = ['danger', 'warn', 'notice'];
    expect(found.map(({ severity }) => order.indexOf(severity))).toEqual(
      found.map(({ severity }) => order.indexOf(severity)).sort(),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });
});
