import type { Finding } from '@/lib/contract/health';
import { groupBy } from '@/lib/cql/group-by';
import { plural } from '@/lib/text/format';
import { type ClusterFacts, type FactRows, rowsOf, type TableOptions } from '../facts';
import { byTable, counted, finding, type NodeRow, ownKeyspaces, type Rule, rowsOfAll, said } from '../finding';
import { sharesOf } from '../shares';
import { LARGE_MEBIBYTES, tombstonesOf } from '../thresholds';

/** Tables whose shape costs. */

export const largePartitions: Rule = (facts) =>
  byTable(
    facts,
    rowsOfAll(facts, 'largest').filter(({ row }) => row.value > LARGE_MEBIBYTES),
  ).map(([table, rows]) => {
    const most = Math.max(...rows.map(({ row }) => row.value));
    return finding({
      kind: 'large_partition',
      subject: table,
      severity: 'warn',
      title: `${table} has a partition of ${most.toLocaleString('en-US')} MiB.`,
      evidence: rows.map(({ node, row, at }) => counted('Largest partition', row.value, 'MiB', at, node.node)),
      threshold: {
        text: 'More than 100 MiB.',
        source: 'compaction_large_partition_warning_threshold of Cassandra 4.0 and 4.1, 100 MiB by default',
      },
      meaning:
        'Large partitions make reads, compactions and repairs slow, and use much memory. All its requests go to the same replicas.',
      action:
        'Find the partition on the table’s stats page, and add a bucket, such as the day, to the partition key of a new table.',
      statement: 'SELECT * FROM system_views.max_partition_size',
      blindSpot:
        'Which partition it is, and what is still in memory: the number is of SSTables, in whole MiB, rounded up.',
    });
  });

export const tombstones: Rule = (facts) => {
  const over = rowsOfAll(facts, 'tombstones').filter(({ node, row }) => row.value >= tombstonesOf(node));
  return byTable(facts, over).map(([table, rows]) =>
    finding({
      kind: 'tombstones',
      subject: table,
      severity: 'warn',
      title: `Reads of ${table} pass over ${Math.max(...rows.map(({ row }) => row.value)).toLocaleString('en-US')} tombstones (99th percentile).`,
      evidence: rows.map(({ node, row, at }) => counted('Tombstones per read, p99', row.value, 'count', at, node.node)),
      threshold: {
        text: 'The tombstone_warn_threshold of the node, 1,000 by default.',
        source: 'cassandra.yaml; reads fail at tombstone_failure_threshold, 100,000 by default',
      },
      meaning:
        'Replicas read what was deleted before they find what is left. Such reads are slow, and fail if there are many more.',
      action:
        'Read less of each partition, delete whole partitions or ranges instead of rows, or write no nulls. Tombstones go after gc_grace_seconds, by compaction.',
      statement: 'SELECT * FROM system_views.tombstones_per_read',
      blindSpot:
        'The percentile is of a reservoir that forgets slowly: it covers the last minutes with reads, not all time.',
    }),
  );
};

/** How many times its share of a table a node may hold, and what is too little to speak of. */
const MOST_OF_SHARE = 2;
const SKEW_MEBIBYTES = 1_024;

export const skewedTables: Rule = (facts) => {
  const isWhole = facts.nodes.every((node) => rowsOf(node, 'disk') !== undefined);
  // A node that is not heard leaves its part out, and the others then hold more than their share.
  if (!isWhole || facts.schemaReadAt === null || facts.members.length < 2) return [];
  const heavy = rowsOfAll(facts, 'disk').filter(({ row }) => row.value >= SKEW_MEBIBYTES);
  const candidates = new Set(byTable(facts, heavy).map(([table]) => table));
  const tables = byTable(facts, rowsOfAll(facts, 'disk')).filter(([table]) => candidates.has(table));
  const keyspaces = groupBy(tables, ([, rows]) => rows[0]?.row.keyspace ?? '');
  return [...keyspaces].flatMap(([name, own]) => {
    const shares = sharesOf(facts.members, facts.keyspaces.find((one) => one.name === name)?.replication ?? {});
    return shares === undefined ? [] : own.flatMap(([table, rows]) => skewOf(shares, table, rows));
  });
};

function skewOf(
  shares: ReadonlyMap<string, number>,
  table: string,
  rows: readonly NodeRow<FactRows['disk']>[],
): Finding[] {
  const shareOf = (one: NodeRow<unknown>) => shares.get(one.node.hostId) ?? 0;
  return [...groupBy(rows, ({ node }) => node.datacenter)].flatMap(([datacenter, here]): Finding[] => {
    const total = here.reduce((sum, { row }) => sum + row.value, 0);
    const all = here.reduce((sum, one) => sum + shareOf(one), 0);
    const held = here.map((one) => ({ ...one, usual: all === 0 ? 0 : (total * shareOf(one)) / all }));
    const [most] = held.toSorted((a, b) => b.row.value - b.usual - (a.row.value - a.usual));
    if (most === undefined || most.usual === 0 || most.row.value < MOST_OF_SHARE * most.usual) return [];
    if (most.row.value - most.usual < SKEW_MEBIBYTES) return [];
    return [
      finding({
        kind: 'table_skew',
        subject: `${table}/${datacenter}`,
        severity: 'notice',
        title: `${most.node.node} holds ${(most.row.value / most.usual).toFixed(1)} times its share of ${table} in ${datacenter}.`,
        evidence: held
          .toSorted((a, b) => b.row.value - a.row.value)
          .flatMap(({ node, row, at, usual }) => [
            counted('On disk', row.value, 'MiB', at, node.node),
            counted('By its share of the ring', Math.round(usual), 'MiB', at, node.node),
          ]),
        threshold: {
          text: `At least ${MOST_OF_SHARE} times what its share of the ring makes of the datacenter’s total, and 1 GiB more.`,
          source: 'Ringside: rows that are spread by a hash follow the shares closely',
        },
        meaning:
          'A few large partitions, rows of ranges that this node no longer owns, or compactions that it has not done: it fills up before the others.',
        action: `Compare the largest partition of ${table} on these nodes. If nodes were added since, run nodetool cleanup on this one.`,
        statement: 'SELECT * FROM system_views.disk_usage',
        blindSpot: 'Numbers are of live SSTables, in whole MiB, rounded up, before and after compaction alike.',
      }),
    ];
  });
}

const TIME_WINDOW = 'TimeWindowCompactionStrategy';
/** The unified strategy drops expired SSTables as well. */
const KEEPS_TIME: ReadonlySet<string> = new Set([
  TIME_WINDOW,
  'UnifiedCompactionStrategy',
  'DateTieredCompactionStrategy',
]);

export const ttlWithoutWindows: Rule = (facts) =>
  ownTables(facts)
    .filter(({ defaultTtlSeconds, compaction }) => defaultTtlSeconds > 0 && !KEEPS_TIME.has(compaction))
    .map((options) =>
      finding({
        kind: 'ttl_without_time_windows',
        subject: nameOf(options),
        severity: 'notice',
        title: `Rows of ${nameOf(options)} expire, but it is compacted by ${options.compaction}.`,
        evidence: optionsEvidence(options, facts),
        threshold: {
          text: `A default_time_to_live, and neither ${TIME_WINDOW} nor UnifiedCompactionStrategy.`,
          source: 'Cassandra’s documentation of compaction: time windows are for rows that expire together',
        },
        meaning:
          'Expired rows are removed one by one when their SSTables happen to be compacted. With time windows, whole files are dropped.',
        action: `If rows are written once, in the order of time: ALTER TABLE ${nameOf(options)} WITH compaction = {'class': '${TIME_WINDOW}'}, with windows so that some 30 cover the time to live.`,
        statement: TABLES,
        blindSpot: 'Whether rows are updated or deleted before they expire: time windows do not suit that.',
      }),
    );

export const windowsWithoutTtl: Rule = (facts) =>
  ownTables(facts)
    .filter(({ defaultTtlSeconds, compaction }) => defaultTtlSeconds === 0 && compaction === TIME_WINDOW)
    .map((options) =>
      finding({
        kind: 'time_windows_without_ttl',
        subject: nameOf(options),
        severity: 'notice',
        title: `${nameOf(options)} is compacted by time windows, but the table gives its rows no time to live.`,
        evidence: optionsEvidence(options, facts),
        threshold: {
          text: `${TIME_WINDOW} and default_time_to_live 0.`,
          source: 'Cassandra’s documentation of compaction',
        },
        meaning: 'Windows that never expire stay for ever, and the number of SSTables grows with time.',
        action:
          'Set default_time_to_live if all rows should expire. If every statement says USING TTL, all is well: mute this.',
        statement: TABLES,
        blindSpot: 'Whether statements give a TTL: the schema does not say.',
      }),
    );

const TABLES = 'SELECT keyspace_name, table_name, default_time_to_live, compaction FROM system_schema.tables';

function ownTables(facts: ClusterFacts): TableOptions[] {
  const own = new Set(ownKeyspaces(facts).map(({ name }) => name));
  return facts.tables.filter(({ keyspace }) => own.has(keyspace));
}

function nameOf({ keyspace, table }: TableOptions): string {
  return `${keyspace}.${table}`;
}

function optionsEvidence({ compaction, defaultTtlSeconds }: TableOptions, { schemaReadAt, asOf }: ClusterFacts) {
  const at = schemaReadAt ?? asOf;
  return [said('Compaction', compaction, at), counted('default_time_to_live', defaultTtlSeconds * 1_000, 'ms', at)];
}

/** table_count_warn_threshold of Cassandra 4.0. */
const MANY_TABLES = 150;

export const manyTables: Rule = (facts) => {
  const own = ownKeyspaces(facts);
  const tables = own.flatMap(({ tables: all }) => all).length;
  if (tables <= MANY_TABLES || facts.schemaReadAt === null) return [];
  const at = facts.schemaReadAt;
  const largest = own.toSorted((a, b) => b.tables.length - a.tables.length).slice(0, 5);
  return [
    finding({
      kind: 'many_tables',
      severity: 'notice',
      title: `The cluster has ${plural(tables, 'table')}.`,
      evidence: largest.map(({ name, tables: all }) => counted(`Tables and views in ${name}`, all.length, 'count', at)),
      threshold: {
        text: `More than ${MANY_TABLES}.`,
        source: 'table_count_warn_threshold of Cassandra 4.0, 150 by default',
      },
      meaning:
        'Each table takes memory on every node, whether it is used or not, and a share of the space for writes: many small flushes follow.',
      action: 'Drop tables that are not used, and share a table among tenants with the tenant in the partition key.',
      statement: 'SELECT keyspace_name, table_name FROM system_schema.tables',
    }),
  ];
};
