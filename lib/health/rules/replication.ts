import type { Finding } from '@/lib/contract/health';
import { groupBy } from '@/lib/cql/group-by';
import { parseReplication, totalFactor } from '@/lib/ring/replication';
import { alterReplication, authShortfall, type Factors, usualFactors } from '@/lib/ring/usual-replication';
import { plural } from '@/lib/text/format';
import type { ClusterFacts, MemberFacts } from '../facts';
import { counted, finding, named, ownKeyspaces, type Rule, said, settingOf } from '../finding';
import { sharesOf } from '../shares';

/** Whether the data survives the loss of a node, as the schema and the ring say. */

type KeyspaceFacts = ClusterFacts['keyspaces'][number];

const KEYSPACES = 'SELECT keyspace_name, replication FROM system_schema.keyspaces';
const RING = 'SELECT peer, data_center, rack FROM system.peers_v2';

/** The ring and the schema, once both are known. */
function known(
  facts: ClusterFacts,
): { readonly at: string; readonly centers: ReadonlyMap<string, MemberFacts[]> } | null {
  const members = facts.members.filter(({ tokens }) => tokens.length > 0);
  if (facts.schemaReadAt === null || members.length === 0) return null;
  return { at: facts.schemaReadAt, centers: groupBy(members, ({ datacenter }) => datacenter) };
}

function optionsOf({ replication }: KeyspaceFacts): string {
  const { class: className = '', ...rest } = replication;
  const factors = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return [className.replace(/^.*\./, ''), ...factors].join(', ');
}

function nodesIn(centers: ReadonlyMap<string, readonly unknown[]>): Factors {
  return new Map([...centers].map(([datacenter, nodes]) => [datacenter, nodes.length]));
}

export const simpleStrategy: Rule = (facts) => {
  const ring = known(facts);
  if (ring === null || ring.centers.size < 2) return [];
  return ownKeyspaces(facts)
    .filter(({ replication }) => parseReplication(replication).kind === 'simple')
    .map((keyspace) =>
      finding({
        kind: 'simple_strategy',
        subject: keyspace.name,
        severity: 'warn',
        title: `${keyspace.name} is replicated by SimpleStrategy in a cluster of ${ring.centers.size} datacenters.`,
        evidence: [
          said('Replication', optionsOf(keyspace), ring.at),
          counted('Datacenters', ring.centers.size, 'count', ring.at),
        ],
        threshold: {
          text: 'SimpleStrategy and more than one datacenter.',
          source: 'Cassandra’s documentation of replication: SimpleStrategy knows no datacenters',
        },
        meaning:
          'Replicas lie on the next nodes of the ring, whatever their datacenter: some rows may have none in a datacenter, and LOCAL consistency levels cannot be relied on.',
        action: `Change it with ${alterReplication(keyspace.name, usualFactors(nodesIn(ring.centers)))}; then run nodetool repair -full on every node before you rely on it.`,
        statement: KEYSPACES,
      }),
    );
};

export const singleReplica: Rule = (facts) => {
  const ring = known(facts);
  const nodes = [...(ring?.centers.values() ?? [])].flat().length;
  if (ring === null || nodes < 2) return [];
  return ownKeyspaces(facts)
    .filter(({ replication }) => totalFactor(replication) === 1)
    .map((keyspace) =>
      finding({
        kind: 'single_replica',
        subject: keyspace.name,
        severity: 'warn',
        title: `${keyspace.name} has one replica of each row, in a cluster of ${nodes} nodes.`,
        evidence: [
          said('Replication', optionsOf(keyspace), ring.at),
          counted('Nodes', nodes, 'count', ring.at),
          counted('Tables', keyspace.tables.length, 'count', ring.at),
        ],
        threshold: {
          text: 'One replica and more than one node.',
          source: 'Cassandra’s guide to production: at least 3',
        },
        meaning:
          'While any node is down, its share of the rows can be neither read nor written. A lost disk loses them.',
        action: `Change it with ${alterReplication(keyspace.name, usualFactors(nodesIn(ring.centers)))}; then run nodetool repair -full on every node.`,
        statement: KEYSPACES,
      }),
    );
};

export const tooManyReplicas: Rule = (facts) => {
  const ring = known(facts);
  if (ring === null) return [];
  return ownKeyspaces(facts).flatMap((keyspace) =>
    shortages(keyspace, ring.centers).map(({ where, factor, nodes }) =>
      finding({
        kind: 'more_replicas_than_nodes',
        subject: where === null ? keyspace.name : `${keyspace.name}/${where}`,
        severity: 'warn',
        title: `${keyspace.name} asks for ${plural(factor, 'replica')} ${where === null ? 'in the cluster' : `in ${where}`}, which has ${plural(nodes, 'node')}.`,
        evidence: [
          counted('Replicas asked for', factor, 'count', ring.at),
          counted('Nodes with tokens', nodes, 'count', ring.at),
        ],
        threshold: {
          text: 'More replicas than nodes.',
          source: 'Cassandra: ConsistencyLevel counts the factor, not the nodes',
        },
        meaning:
          'Consistency levels count the replicas that are asked for, so ALL never works, and a quorum may need every node or more.',
        action:
          where === null
            ? 'Lower replication_factor, or add nodes.'
            : `Lower the factor of ${where}, or add nodes there. If there is no such datacenter, check its name.`,
        statement: KEYSPACES,
      }),
    ),
  );
};

interface Shortage {
  /** A datacenter; null: the whole ring. */
  readonly where: string | null;
  readonly factor: number;
  readonly nodes: number;
}

function shortages({ replication }: KeyspaceFacts, centers: ReadonlyMap<string, readonly unknown[]>): Shortage[] {
  const strategy = parseReplication(replication);
  const all = [...centers.values()].flat().length;
  if (strategy.kind === 'simple') {
    return strategy.factor > all ? [{ where: null, factor: strategy.factor, nodes: all }] : [];
  }
  if (strategy.kind !== 'network') return [];
  return [...strategy.factors].flatMap(([where, factor]) => {
    const nodes = centers.get(where)?.length ?? 0;
    return factor > nodes ? [{ where, factor, nodes }] : [];
  });
}

export const fewRacks: Rule = (facts) => {
  const ring = known(facts);
  if (ring === null) return [];
  return ownKeyspaces(facts).flatMap((keyspace) => {
    const strategy = parseReplication(keyspace.replication);
    if (strategy.kind !== 'network') return [];
    return [...strategy.factors].flatMap(([datacenter, factor]): Finding[] => {
      const nodes = ring.centers.get(datacenter) ?? [];
      const racks = groupBy(nodes, ({ rack }) => rack);
      if (racks.size < 2 || racks.size >= factor || factor > nodes.length) return [];
      return [
        finding({
          kind: 'fewer_racks_than_replicas',
          subject: `${keyspace.name}/${datacenter}`,
          severity: 'notice',
          title: `${keyspace.name} keeps ${factor} replicas in ${datacenter}, which has ${racks.size} racks: one rack holds several.`,
          evidence: [
            counted('Replicas', factor, 'count', ring.at),
            ...[...racks].map(([rack, members]) => counted(`Nodes in ${rack}`, members.length, 'count', ring.at)),
          ],
          threshold: {
            text: 'More than one rack, but fewer than replicas.',
            source: 'Cassandra: NetworkTopologyStrategy puts replicas on different racks where it can',
          },
          meaning: 'The loss of one rack can take two or more replicas of a row with it, and a quorum of three.',
          action: `Use ${factor} racks of equal size in ${datacenter}, or one.`,
          statement: RING,
        }),
      ];
    });
  });
};

const ALLOW_ALL = /(^|\.)AllowAllAuthenticator$/;

/** Only where a node says that logins are checked. */
export const systemAuth: Rule = (facts) => {
  const ring = known(facts);
  const auth = facts.keyspaces.find(({ name }) => name === 'system_auth');
  const checking = facts.nodes.filter((node) => {
    const authenticator = settingOf(node, ['authenticator', 'authenticator.class_name']);
    return authenticator !== undefined && authenticator !== null && !ALLOW_ALL.test(authenticator);
  });
  if (ring === null || auth === undefined || checking.length === 0) return [];
  const nodes = nodesIn(ring.centers);
  const found = authShortfall(auth.replication, nodes);
  if (found === null) return [];
  const { short } = found;
  return [
    finding({
      kind: 'system_auth_replicas',
      severity: 'danger',
      title: `Roles and passwords (system_auth) have too few replicas${short.length > 0 ? ` in ${named(short, 'datacenters')}` : ''}.`,
      evidence: [
        said('Replication of system_auth', optionsOf(auth), ring.at),
        ...[...ring.centers].map(([name, nodes]) => counted(`Nodes in ${name}`, nodes.length, 'count', ring.at)),
        ...checking
          .slice(0, 3)
          .map((node) => said('Authenticator', settingOf(node, ['authenticator']) ?? '', facts.asOf, node.node)),
      ],
      threshold: {
        text: 'Fewer than 3 replicas, or than the datacenter has nodes, in any datacenter; or SimpleStrategy with several.',
        source: 'Cassandra’s documentation of security: raise the replication of system_auth',
      },
      meaning: 'While the nodes that hold a role are down, nobody can log in with it.',
      action: `Change it with ${alterReplication('system_auth', usualFactors(nodes))}; then run nodetool repair -full system_auth on every node.`,
      statement: KEYSPACES,
    }),
  ];
};

export const unusedDatacenter: Rule = (facts) => {
  const ring = known(facts);
  if (ring === null || ring.centers.size < 2) return [];
  const strategies = ownKeyspaces(facts).map(({ replication }) => parseReplication(replication));
  // Any other strategy may place replicas anywhere.
  if (strategies.length === 0 || strategies.some(({ kind }) => kind !== 'network')) return [];
  const isUsed = (datacenter: string) =>
    strategies.some((one) => one.kind === 'network' && (one.factors.get(datacenter) ?? 0) > 0);
  return [...ring.centers]
    .filter(([datacenter]) => !isUsed(datacenter))
    .map(([datacenter, nodes]) =>
      finding({
        kind: 'unused_datacenter',
        subject: datacenter,
        severity: 'notice',
        title: `No keyspace has replicas in ${datacenter}.`,
        evidence: [
          counted(`Nodes in ${datacenter}`, nodes.length, 'count', ring.at),
          counted('Keyspaces without replicas there', strategies.length, 'count', ring.at),
        ],
        threshold: { text: 'A datacenter that is named in no keyspace.', source: 'Ringside' },
        meaning:
          'Its nodes store no data of yours. Clients that prefer this datacenter find no replicas in it, and LOCAL levels fail.',
        action:
          'If it is new, add it to the replication of your keyspaces and run nodetool rebuild on its nodes. If it is old, decommission its nodes.',
        statement: KEYSPACES,
      }),
    );
};

/** With 16 random tokens a node, a third more than the mean is usual. */
const MOST_SHARE = 1.5;

export const unevenOwnership: Rule = (facts) => {
  const ring = known(facts);
  if (ring === null) return [];
  const seen = new Set<string>();
  return ownKeyspaces(facts).flatMap((keyspace) => {
    const options = optionsOf(keyspace);
    if (seen.has(options)) return [];
    seen.add(options);
    const same = ownKeyspaces(facts).filter((other) => optionsOf(other) === options);
    return [...ring.centers].flatMap(([datacenter, nodes]) => unevenIn(datacenter, nodes, facts, same));
  });
};

function unevenIn(
  datacenter: string,
  nodes: readonly MemberFacts[],
  facts: ClusterFacts,
  keyspaces: readonly KeyspaceFacts[],
): Finding[] {
  if (nodes.length < 2) return [];
  const shares = sharesOf(facts.members, keyspaces[0]?.replication ?? {});
  const owned = nodes.map(({ id, node, rack }) => ({ node, rack, share: shares?.get(id) ?? 0 }));
  const mean = owned.reduce((sum, { share }) => sum + share, 0) / owned.length;
  const [most] = owned.toSorted((a, b) => b.share - a.share);
  if (most === undefined || mean === 0 || most.share / mean <= MOST_SHARE) return [];
  const at = facts.schemaReadAt ?? facts.asOf;
  const racks = [...groupBy(nodes, ({ rack }) => rack)];
  const hasUnevenRacks = new Set(racks.map(([, members]) => members.length)).size > 1;
  const names = keyspaces.map(({ name }) => name);
  return [
    finding({
      kind: 'uneven_ownership',
      subject: `${names[0]}/${datacenter}`,
      severity: 'notice',
      title: `${most.node} holds ${(most.share / mean).toFixed(1)} times the mean share of ${named(names, 'keyspaces')} in ${datacenter}.`,
      evidence: [
        ...owned
          .toSorted((a, b) => b.share - a.share)
          .map(({ node, share }) => counted('Share of the rows', share, 'share', at, node)),
        ...(hasUnevenRacks
          ? racks.map(([rack, members]) => counted(`Nodes in ${rack}`, members.length, 'count', at))
          : []),
      ],
      threshold: {
        text: `More than ${MOST_SHARE} times the mean of its datacenter.`,
        source: 'Ringside: random tokens with 16 a node stay below it',
      },
      meaning: 'This node stores more, compacts more and serves more requests than the others, and fills up first.',
      action: hasUnevenRacks
        ? `The racks of ${datacenter} have different numbers of nodes, which causes this: give each rack as many.`
        : 'Let new nodes choose their tokens with allocate_tokens_for_local_replication_factor, or replace this node with one that does.',
      statement: RING,
      blindSpot: 'Shares are of tokens. Rows and their sizes may be spread differently.',
    }),
  ];
}
