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
      title: `${plural(files, 'file')} of hints wait for ${name}${files > earlier ? ', and more are written' : ''}. The oldest is ${span(oldestMs)} old.`,
      evidence: waiting.flatMap(({ node, row, at }): Evidence[] => [
        counted(`Files of hints for ${name}`, row.files, 'count', at, node.node),
        ...(row.oldest === null ? [] : [said('Oldest hint', row.oldest, at, node.node)]),
      ]),
      threshold: {
        text: `Any file; worse while they grow, and once the oldest is older than ${span(windowMs)}.`,
        source: 'max_hint_window: no hints are kept for a node that is down for longer',
      },
      meaning: isLate
        ? 'Hints for this node are no longer complete: it lacks writes.'
        : 'Writes that this node missed are kept for it, and are sent when it can take them.',
      action: isLate
        ? `Bring ${name} back, wait until the hints are sent, then run nodetool repair on it.`
        : `Bring ${name} back within ${span(windowMs)} of its going down. If it is up, check its load and hinted_handoff_throttle.`,
      statement: 'SELECT * FROM system_views.pending_hints',
      blindSpot:
        'The file that is being written: Cassandra counts a file once it is closed, at max_hints_file_size (128 MiB).',
    });
  });
};

/** Ages of hints are of hours. */
function span(ms: number): string {
  return ms < HOUR_MS ? formatElapsed(ms) : `${Number((ms / HOUR_MS).toFixed(1))} h`;
}

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

const COMPACTION = 'CompactionExecutor';
/** A queue that is there in two looks this far apart has lasted. */
const BACKLOG_MS = 60_000;

export const compactionBacklog: Rule = (facts) => {
  const isFull = ({ active, limit, pending }: FactRows['pools']) => limit > 0 && active >= limit && pending > limit;
  const full = facts.nodes.flatMap((node) => {
    const read = rowsOf(node, 'pools');
    const row = read?.rows.find(({ name }) => name === COMPACTION);
    const earlier = read?.before?.rows.find(({ name }) => name === COMPACTION);
    if (read?.before === undefined || row === undefined || earlier === undefined) return [];
    const windowMs = Date.parse(read.askedAt) - Date.parse(read.before.askedAt);
    if (windowMs < BACKLOG_MS || !isFull(row) || !isFull(earlier)) return [];
    return [{ node: node.node, at: read.askedAt, before: read.before.askedAt, row, earlier }];
  });
  if (full.length === 0) return [];
  return [
    finding({
      kind: 'compaction_backlog',
      severity: 'notice',
      title: `Compactions wait for a free thread on ${named(full.map(({ node }) => node))}.`,
      evidence: full.flatMap(({ node, at, before, row, earlier }) => [
        counted(
          `Compactions that wait, with ${row.active} of ${row.limit} threads busy`,
          row.pending,
          'count',
          at,
          node,
        ),
        counted('The same, earlier', earlier.pending, 'count', before, node),
      ]),
      threshold: {
        text: 'All threads busy and more tasks waiting than there are threads, now and in the first look within the last ten minutes, at least a minute ago.',
        source: 'Ringside; concurrent_compactors is the number of threads',
      },
      meaning:
        'SSTables pile up while compaction does not keep up with writes: reads touch more of them, and the disk fills.',
      action:
        'See what is being compacted. If disks and processors have room, raise nodetool setcompactionthroughput or setconcurrentcompactors.',
      statement: `SELECT name, active_tasks, active_tasks_limit, pending_tasks FROM system_views.thread_pools WHERE name = '${COMPACTION}'`,
      blindSpot:
        'How many compactions are pending: this is the executor’s queue. nodetool compactionstats estimates what is left, CQL does not.',
    }),
  ];
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
      title: `${plural(long.length, 'task')} of requests ${long.length === 1 ? 'has' : 'have'} run for more than ${LONG_MS / 1_000} s, the longest for ${formatElapsed(longest)}.`,
      evidence: long.map(({ node, row, at }) => counted('Runs for', row.runningMs, 'ms', at, node.node)),
      threshold: {
        text: `More than ${LONG_MS / 1_000} s.`,
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

const CLIENTS =
  'SELECT address, username, ssl_enabled, driver_name, driver_version, connection_stage FROM system_views.clients';
const ANONYMOUS = 'anonymous';

/** Only where a password crosses the network: logins are checked, and the client is on another machine. */
export const plainClients: Rule = (facts) => {
  const plain = rowsOfAll(facts, 'clients').filter(
    ({ node, row }) =>
      checksLogins(node) && !row.isEncrypted && row.user !== null && row.user !== ANONYMOUS && isRemote(node, row),
  );
  const clients = groupBy(plain, ({ row }) => `${row.address} as ${row.user}`);
  if (clients.size === 0) return [];
  return [
    finding({
      kind: 'clients_without_tls',
      severity: 'warn',
      title: `${plural(plain.length, 'connection')} of clients ${plain.length === 1 ? 'has' : 'have'} logged in without TLS.`,
      evidence: [...clients].flatMap(([name, rows]) => {
        const nodes = named([...new Set(rows.map(({ node }) => node.node))]);
        return rows.slice(0, 1).map(({ at }) => counted(`Connections from ${name}`, rows.length, 'count', at, nodes));
      }),
      threshold: {
        text: 'A connection with a login from another machine that is not encrypted.',
        source: 'Cassandra’s documentation of security: client_encryption_options',
      },
      meaning: 'Passwords and rows cross the network in the clear: whoever can listen there can read them.',
      action:
        'Set client_encryption_options.enabled with optional: true, give the clients TLS, then set optional: false. Ringside’s own connections are among these unless its configuration has tls.',
      statement: CLIENTS,
      blindSpot: 'Whether the network is encrypted below: a VPN or a service mesh.',
    }),
  ];
};

function checksLogins(node: NodeFacts): boolean {
  const authenticator = settingOf(node, ['authenticator', 'authenticator.class_name']);
  return authenticator !== undefined && authenticator !== null && !/AllowAllAuthenticator$/.test(authenticator);
}

/** Whether a client runs on another machine than the node. */
function isRemote({ node }: NodeFacts, { address }: FactRows['clients']): boolean {
  return !isLoopback(address) && address !== hostOf(node);
}

function isLoopback(address: string): boolean {
  return /^127\.|^::1$|^0:0:0:0:0:0:0:1$/.test(address);
}

/** The node's address without its port. */
function hostOf(node: string): string {
  return node.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

/** A shell has two connections, and a person several shells. */
const MANY_CONNECTIONS = 10;

export const crowdedNode: Rule = (facts) => {
  const rows = rowsOfAll(facts, 'clients').filter(
    ({ node, row }) => isLoopback(hostOf(node.node)) || isRemote(node, row),
  );
  const clients = groupBy(
    rows,
    ({ row }) => `${row.address} as ${row.user ?? ANONYMOUS} by ${row.application ?? row.driver}`,
  );
  return [...clients].flatMap(([client, connections]): Finding[] => {
    const [first] = connections;
    if (first === undefined || connections.length < MANY_CONNECTIONS) return [];
    if (connections.some(({ node }) => node !== first.node)) return [];
    const peers = facts.nodes.filter(({ datacenter }) => datacenter === first.node.datacenter);
    if (peers.length < 2 || peers.some((node) => rowsOf(node, 'clients') === undefined)) return [];
    return [
      finding({
        kind: 'clients_on_one_node',
        subject: client,
        severity: 'notice',
        title: `All ${connections.length} connections of ${client} are to ${first.node.node}.`,
        evidence: peers.map((node) => {
          const here = node === first.node ? connections.length : 0;
          return counted(
            `Connections of ${client}`,
            here,
            'count',
            rowsOf(node, 'clients')?.askedAt ?? facts.asOf,
            node.node,
          );
        }),
        threshold: {
          text: `At least ${MANY_CONNECTIONS} connections of one address, role and application, all to one of several nodes of a datacenter that all answer.`,
          source: 'Ringside: drivers connect to every node of their datacenter',
        },
        meaning:
          'This node coordinates all requests of that client, and the client stops when the node does, whatever the replication.',
        action:
          'Look for an allow-list, a proxy or a fixed node in the client’s configuration, and give the driver several contact points and its datacenter.',
        statement: CLIENTS,
        blindSpot:
          'Applications that do not name themselves are known by their driver: several at one address look like one.',
      }),
    ];
  });
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
