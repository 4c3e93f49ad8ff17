import type { Evidence, Finding } from '@/lib/contract/health';
import { groupBy } from '@/lib/cql/group-by';
import { formatElapsed, plural } from '@/lib/text/format';
import type { ClusterFacts, FactName, FactRows, NodeFacts } from '../facts';
import { rowsOf } from '../facts';
import { counted, finding, named, type Rule, rowsOfAll, said, settingOf } from '../finding';
import { durationMs } from '../settings';

/** What nodes are doing, or no longer manage to do. */

const HOUR_MS = 3_600_000;
/** `max_hint_window` where the settings cannot be read. */
const HINT_WINDOW_MS = 3 * HOUR_MS;

export const hints: Rule = (facts) => {
  const rows = rowsOfAll(facts, 'hints').filter(({ row }) => row.files > 0);
  const targets = groupBy(rows, ({ row }) => row.hostId);
  return [...targets].map(([hostId, waiting]) => {
    const target = facts.nodes.find((node) => node.hostId === hostId);
    const name = target?.node ?? hostId;
    const files = waiting.reduce((sum, { row }) => sum + row.files, 0);
    const earlier = waiting.reduce((sum, { node }) => sum + filesBefore(node, hostId), 0);
    const ages = waiting.flatMap(({ row }) =>
      row.oldest === null ? [] : [Date.parse(facts.asOf) - Date.parse(row.oldest)],
    );
    const oldestMs = Math.max(0, ...ages);
    const windowMs = Math.max(...waiting.map(({ node }) => durationMs(settingOf(node, HINT_WINDOW)) ?? HINT_WINDOW_MS));
    const isLate = oldestMs > windowMs;
    return finding({
      kind: 'hints_waiting',
      subject: hostId,
      severity: isLate ? 'danger' : files > earlier ? 'warn' : 'notice',
      title: `${plural(files, 'file')} of hints wait for ${name}${files > earlier ? ', and more are written' : ''}. The oldest is ${formatElapsed(oldestMs)} old.`,
      evidence: waiting.flatMap(({ node, row, at }): Evidence[] => [
        counted(`Files of hints for ${name}`, row.files, 'count', at, node.node),
        ...(row.oldest === null ? [] : [said('Oldest hint', row.oldest, at, node.node)]),
      ]),
      threshold: {
        text: `Any file; worse while they grow, and once the oldest is older than ${formatElapsed(windowMs)}.`,
        source: 'max_hint_window: no hints are kept for a node that is down for longer',
      },
      meaning: isLate
        ? 'Hints for this node are no longer complete: it lacks writes.'
        : 'Writes that this node missed are kept for it, and are sent when it can take them.',
      action: isLate
        ? `Bring ${name} back, wait until the hints are sent, then run nodetool repair on it.`
        : `Bring ${name} back within ${formatElapsed(windowMs)} of its going down. If it is up, check its load and hinted_handoff_throttle.`,
      statement: 'SELECT * FROM system_views.pending_hints',
    });
  });
};

const HINT_WINDOW = ['max_hint_window', 'max_hint_window_in_ms'];

function filesBefore(node: NodeFacts, hostId: string): number {
  const before = rowsOf(node, 'hints')?.before;
  // Without an earlier response nothing is known to grow.
  if (before === undefined) return Number.POSITIVE_INFINITY;
  return before.rows.find((row) => row.hostId === hostId)?.files ?? 0;
}

/** How much a counter has risen, in which time. A restart of the node sets it back, and says nothing. */
interface Rise<Row> {
  readonly node: NodeFacts;
  readonly row: Row;
  readonly by: number;
  readonly windowMs: number;
  readonly at: string;
}

function rises<Name extends FactName>(
  facts: ClusterFacts,
  name: Name,
  keyOf: (row: FactRows[Name]) => string,
  count: (row: FactRows[Name]) => number,
): Rise<FactRows[Name]>[] {
  return facts.nodes.flatMap((node) => {
    const read = rowsOf(node, name);
    const before = read?.before;
    if (read === undefined || before === undefined) return [];
    const earlier = new Map(before.rows.map((row) => [keyOf(row), count(row)]));
    const windowMs = Date.parse(read.askedAt) - Date.parse(before.askedAt);
    return read.rows.flatMap((row) => {
      const by = count(row) - (earlier.get(keyOf(row)) ?? count(row));
      return by > 0 ? [{ node, row, by, windowMs, at: read.askedAt }] : [];
    });
  });
}

export const blockedStages: Rule = (facts) => {
  const risen = rises(
    facts,
    'pools',
    ({ name }) => name,
    ({ blockedEver }) => blockedEver,
  );
  const now = rowsOfAll(facts, 'pools').filter(({ row }) => row.blocked > 0);
  const stages = new Set([...risen, ...now].map(({ row }) => row.name));
  return [...stages].map((stage) => {
    const rose = risen.filter(({ row }) => row.name === stage);
    const stuck = now.filter(({ row }) => row.name === stage);
    const nodes = [...new Set([...rose, ...stuck].map(({ node }) => node.node))];
    return finding({
      kind: 'blocked_stage',
      subject: stage,
      severity: 'warn',
      title: `Tasks of ${stage} were blocked on ${named(nodes)}.`,
      evidence: [
        ...stuck.map(({ node, row, at }) => counted('Blocked now', row.blocked, 'count', at, node.node)),
        ...rose.map(({ node, by, windowMs, at }) =>
          counted(`Blocked within ${formatElapsed(windowMs)}`, by, 'count', at, node.node),
        ),
      ],
      threshold: {
        text: 'Any blocked task within the last ten minutes.',
        source: 'Cassandra: a task is blocked when its queue is full',
      },
      meaning: 'The queue of this stage is full, and whoever adds to it waits: requests slow down or time out.',
      action: 'Look for what keeps these nodes busy: the queries that run, compactions, and the disk.',
      statement:
        'SELECT name, active_tasks, pending_tasks, blocked_tasks, blocked_tasks_all_time FROM system_views.thread_pools',
    });
  });
};

export const lostMessages: Rule = (facts) => {
  const kinds = [
    { what: 'expired', count: (row: FactRows['outbound']) => row.expired },
    { what: 'dropped for overload', count: (row: FactRows['outbound']) => row.overloaded },
  ] as const;
  const risen = kinds.flatMap(({ what, count }) =>
    rises(facts, 'outbound', ({ target }) => target, count).map((rise) => ({ ...rise, what })),
  );
  const targets = groupBy(risen, ({ row }) => row.target);
  return [...targets].map(([target, lost]) => {
    const total = lost.reduce((sum, { by }) => sum + by, 0);
    const windowMs = Math.max(...lost.map((one) => one.windowMs));
    return finding({
      kind: 'lost_messages',
      subject: target,
      severity: 'warn',
      title: `${plural(total, 'message')} to ${target} ${total === 1 ? 'was' : 'were'} not sent within ${formatElapsed(windowMs)}.`,
      evidence: lost.map(({ node, by, what, windowMs: ms, at }) =>
        counted(`To ${target}, ${what} within ${formatElapsed(ms)}`, by, 'count', at, node.node),
      ),
      threshold: {
        text: 'Any message within the last ten minutes.',
        source: 'Cassandra drops a message that waited longer than its request may take',
      },
      meaning:
        'The node does not take messages as fast as they are sent, or the network does not carry them. Its replicas miss writes and reads.',
      action: `Check whether ${target} is up, its load, and the network to it. Afterwards hints or a repair bring the writes.`,
      statement:
        'SELECT address, expired_count, overload_count, error_count, pending_count FROM system_views.internode_outbound',
    });
  });
};

/** More than any time-out of a request but that of TRUNCATE. */
const LONG_MS = 12_000;

export const longQueries: Rule = (facts) => {
  const long = rowsOfAll(facts, 'queries').filter(({ row }) => row.runningMs > LONG_MS);
  if (long.length === 0) return [];
  const longest = Math.max(...long.map(({ row }) => row.runningMs));
  return [
    finding({
      kind: 'long_queries',
      severity: 'warn',
      title: `${plural(long.length, 'task')} of requests ${long.length === 1 ? 'has' : 'have'} run for more than ${formatElapsed(LONG_MS)}, the longest for ${formatElapsed(longest)}.`,
      evidence: long.map(({ node, row, at }) => counted('Runs for', row.runningMs, 'ms', at, node.node)),
      threshold: {
        text: `${formatElapsed(LONG_MS)}.`,
        source: 'Cassandra’s native_transport_timeout, 12 s by default',
      },
      meaning: 'Their clients have given up, or soon will; the node goes on with the work.',
      action: 'Look at the statements (they may contain values of your data), and at the tables that they read.',
      statement: 'SELECT running_micros, queued_micros, task FROM system_views.queries',
    }),
  ];
};

/** Version 4 is of 2015. */
const OLD_PROTOCOL = 4;

export const oldProtocol: Rule = (facts) => {
  const old = rowsOfAll(facts, 'clients').filter(({ row }) => row.protocol < OLD_PROTOCOL);
  const clients = groupBy(old, ({ row }) => `${row.address} ${row.driver}`);
  if (clients.size === 0) return [];
  return [
    finding({
      kind: 'old_protocol',
      severity: 'notice',
      title: `${plural(old.length, 'connection')} of clients ${old.length === 1 ? 'uses' : 'use'} an old version of the protocol.`,
      evidence: [...clients].flatMap(([name, rows]): Evidence[] => {
        const [first] = rows;
        if (first === undefined) return [];
        const what = `Connections of ${name.trim()} with version ${first.row.protocol}`;
        return [counted(what, rows.length, 'count', first.at, named([...new Set(rows.map(({ node }) => node.node))]))];
      }),
      threshold: { text: `Below version ${OLD_PROTOCOL}.`, source: 'Native protocol 4 came with Cassandra 2.2' },
      meaning:
        'These clients cannot tell “not set” from null, so they write tombstones, and they see no warnings of the server. Cassandra may stop serving them.',
      action: 'Update the driver of these applications, or remove a fixed protocol version from their configuration.',
      statement: 'SELECT address, driver_name, driver_version, protocol_version, username FROM system_views.clients',
    }),
  ];
};

export const cachesOff: Rule = (facts) => {
  const off = facts.nodes.filter((node) => {
    const keys = rowsOf(node, 'caches')?.rows.find(({ name }) => name === 'keys');
    // The format of SSTables named bti keeps no keys in a cache.
    return keys?.capacityBytes === 0 && settingOf(node, ['sstable.selected_format']) !== 'bti';
  });
  if (off.length === 0) return [];
  return [
    finding({
      kind: 'key_cache_off',
      severity: 'notice',
      title: `The key cache is off on ${named(off.map(({ node }) => node))}.`,
      evidence: off.map((node) =>
        counted('Capacity of the key cache', 0, 'bytes', rowsOf(node, 'caches')?.askedAt ?? facts.asOf, node.node),
      ),
      threshold: { text: 'A capacity of 0.', source: 'Cassandra’s default is 5 % of the heap, at most 100 MiB' },
      meaning: 'Each read looks up its partition in the index of every SSTable that may have it.',
      action:
        'Unless this is intended, set key_cache_size in cassandra.yaml, or nodetool setcachecapacity until the next restart.',
      statement: 'SELECT * FROM system_views.caches',
    }),
  ];
};

/** The share of a node's load that snapshots may hold, and what is too little to speak of. */
const SNAPSHOT_SHARE = 0.2;
const SNAPSHOT_BYTES = 64 * 1_024 * 1_024;

export const snapshots: Rule = (facts) =>
  facts.nodes.flatMap((node): Finding[] => {
    const read = rowsOf(node, 'snapshots');
    // What expires goes by itself.
    const kept = read?.rows.filter(({ expiresAt }) => expiresAt === null) ?? [];
    const bytes = kept.reduce((sum, { trueBytes }) => sum + trueBytes, 0);
    const load = rowsOf(node, 'gossip')?.rows.find(({ hostId }) => hostId === node.hostId)?.loadBytes ?? null;
    if (read === undefined || load === null || bytes < SNAPSHOT_BYTES || bytes < load * SNAPSHOT_SHARE) return [];
    return [
      finding({
        kind: 'snapshots',
        subject: node.node,
        severity: 'notice',
        title: `Snapshots hold ${((bytes / (bytes + load)) * 100).toFixed(0)} % of the data on the disk of ${node.node}.`,
        evidence: [
          counted('Only in snapshots', bytes, 'bytes', read.askedAt, node.node),
          counted('Live data', load, 'bytes', read.askedAt, node.node),
          ...kept
            .toSorted((a, b) => b.trueBytes - a.trueBytes)
            .slice(0, 8)
            .map(({ name, keyspace, table, trueBytes, createdAt }) =>
              counted(
                `${keyspace}.${table}, ${name}, of ${createdAt ?? 'unknown age'}`,
                trueBytes,
                'bytes',
                read.askedAt,
                node.node,
              ),
            ),
        ],
        threshold: {
          text: 'More than 20 % of the live data, and more than 64 MiB, in snapshots that never expire.',
          source: 'Ringside',
        },
        meaning: 'The files of dropped, truncated or compacted data stay on the disk until the snapshot is cleared.',
        action: 'Once they are no longer needed, clear them with nodetool clearsnapshot -t NAME on this node.',
        statement: 'SELECT * FROM system_views.snapshots',
        blindSpot: 'How full the disk is: CQL does not say.',
      }),
    ];
  });
