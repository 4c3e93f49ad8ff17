import { schemaAgreementOf } from '@/lib/cluster/schema-agreement';
import type { Evidence } from '@/lib/contract/health';
import { groupBy } from '@/lib/cql/group-by';
import { plural } from '@/lib/text/format';
import type { ClusterFacts, LocalRow, NodeFacts } from '../facts';
import { counted, finding, named, type Rule, rowsOfAll, said } from '../finding';
import { type DoubtedNode, doubtedNodes, type View } from '../views';

/** What nodes say of each other and of themselves. */

const GOSSIP = 'SELECT address, status, heartbeat, schema FROM system_views.gossip_info';
const LOCAL = 'SELECT cluster_name, partitioner, release_version, schema_version FROM system.local';

/** Every node that was asked and can be, sees it as down, and Ringside gets no answer either. */
export const nodesDown: Rule = (facts) => {
  const down = doubtedNodes(facts).filter(standsDown);
  return down.map(({ node, views }) =>
    finding({
      kind: 'node_down',
      subject: node.node,
      severity: 'danger',
      title: `${node.node} is down: every node that answers sees it so.`,
      evidence: [...views.map(viewEvidence), silenceEvidence(node, facts)],
      threshold: {
        text: 'No heartbeat for 10 s in the gossip of any node that answers, and no answer to Ringside.',
        source: 'Cassandra’s failure detector takes about as long (phi_convict_threshold 8)',
      },
      meaning: `Its replicas neither read nor write. Other nodes keep hints for it, for max_hint_window (3 h by default).`,
      action: `Look at Cassandra’s log on ${node.node} and start it. If it stays down for longer than max_hint_window, repair it afterwards.`,
      statement: GOSSIP,
    }),
  );
};

function standsDown({ node, views }: DoubtedNode): boolean {
  return node.silence !== null && views.length > 0 && views.every(({ state }) => state.state === 'down');
}

function silenceEvidence({ node, silence }: NodeFacts, { asOf }: ClusterFacts): Evidence {
  return said('Answer to Ringside', silence === null ? 'yes' : `none: ${silence.reason}`, asOf, node);
}

function viewEvidence({ observer, state, at }: View): Evidence {
  return said(
    'State by gossip',
    state.reason === undefined ? state.state : `${state.state} (${state.reason})`,
    at,
    observer,
  );
}

/** It does not answer here, and the others do not all say that it is down. */
export const nodesSilent: Rule = (facts) =>
  doubtedNodes(facts)
    .filter((doubted) => doubted.node.silence !== null && !standsDown(doubted))
    .map(({ node, views }) =>
      finding({
        kind: 'node_silent',
        subject: node.node,
        severity: 'warn',
        title: `${node.node} does not answer Ringside. Its state is unknown, not down.`,
        evidence: [
          silenceEvidence(node, facts),
          said('Last answer', node.silence?.lastAnswerAt ?? 'none since Ringside began to ask', facts.asOf, node.node),
          ...views.map(viewEvidence),
        ],
        threshold: { text: 'No answer to the last statement within 3 s.', source: 'Ringside’s time-out for one node' },
        meaning:
          'The process may be paused, overloaded or cut off from here. All that only this node knows is missing.',
        action: `Check that Cassandra runs on ${node.node} and that port 9042 can be reached from Ringside’s machine.`,
        statement: GOSSIP,
        blindSpot: 'Whether clients elsewhere can reach it.',
      }),
    );

/** A node answers Ringside, or some nodes see it up, while others see it down. */
export const stateDisagreement: Rule = (facts) =>
  doubtedNodes(facts).flatMap(({ node, views }) => {
    const down = views.filter(({ state }) => state.state === 'down');
    const isSeenUp = node.silence === null || views.some(({ state }) => state.state === 'up');
    if (down.length === 0 || !isSeenUp) return [];
    return [
      finding({
        kind: 'state_disagreement',
        subject: node.node,
        severity: 'danger',
        title: `${named(down.map(({ observer }) => observer))} ${down.length === 1 ? 'sees' : 'see'} ${node.node} as down; others do not.`,
        evidence: [
          ...down.map(viewEvidence),
          silenceEvidence(node, facts),
          ...views.filter((one) => !down.includes(one)).map(viewEvidence),
        ],
        threshold: { text: 'Different states for 30 s.', source: 'Ringside: gossip spreads within seconds' },
        meaning:
          'Coordinators do not send requests to a node that they see as down, so the same statement works through one node and fails through another. The usual cause is a network that is cut in one direction.',
        action: `Check the connections between ${node.node} and ${named(down.map(({ observer }) => observer))} on the storage port, in both directions.`,
        statement: GOSSIP,
      }),
    ];
  });

const CHANGES: ReadonlySet<string> = new Set(['joining', 'leaving', 'moving']);

/** By any node that says so: the others may not have heard of it yet. */
export const ringChanges: Rule = (facts) =>
  doubtedNodes(facts).flatMap(({ node, views }) => {
    const changing = views.filter(({ state }) => CHANGES.has(state.state));
    const [first] = changing;
    if (first === undefined) return [];
    return [
      finding({
        kind: 'ring_change',
        subject: node.node,
        severity: 'notice',
        title: `${node.node} is ${first.state.state}.`,
        evidence: changing.map(viewEvidence),
        threshold: { text: 'Any node that gossips so.', source: 'Cassandra’s STATUS of a node in gossip' },
        meaning:
          'Rows are sent between nodes. Until it ends, writes also wait for the nodes that take over its ranges, and disks and network are busier.',
        action: 'Wait until it ends before another node joins, leaves or moves: nodetool netstats shows how far it is.',
        statement: GOSSIP,
      }),
    ];
  });

export const schemaDisagreement: Rule = (facts) => {
  const answers = rowsOfAll(facts, 'local');
  const { versions } = schemaAgreementOf(
    answers.map(({ node, row }) => ({
      address: node.node,
      reachable: { state: 'up' },
      schemaVersion: row.schemaVersion,
    })),
  );
  if (versions.length < 2) return [];
  const [common, ...others] = versions.toSorted((a, b) => b.nodes.length - a.nodes.length);
  const differing = others.flatMap(({ nodes }) => nodes);
  return [
    finding({
      kind: 'schema_disagreement',
      severity: 'danger',
      title: `${named(differing)} ${differing.length === 1 ? 'has' : 'have'} another schema than ${plural(common?.nodes.length ?? 0, 'node')}.`,
      evidence: versions.flatMap(({ version, nodes }) =>
        nodes.map((node) => said('Schema version', version, facts.asOf, node)),
      ),
      threshold: { text: 'Different versions for 30 s.', source: 'Cassandra’s drivers wait 10 s for agreement' },
      meaning:
        'The nodes do not know the same tables and columns. Statements fail through some of them, and further changes of the schema may conflict.',
      action:
        'Change no schema now. Check the logs of the nodes that differ. If they do not catch up, nodetool reloadlocalschema or a restart of them helps.',
      statement: LOCAL,
    }),
  ];
};

export const releaseMix: Rule = (facts) => {
  const releases = groupBy(rowsOfAll(facts, 'local'), ({ row }) => row.release);
  if (releases.size < 2) return [];
  const counts = [...releases].map(([release, nodes]) => `${release} on ${plural(nodes.length, 'node')}`);
  return [
    finding({
      kind: 'release_mix',
      severity: 'warn',
      title: `The nodes run several releases: ${counts.join(', ')}.`,
      evidence: [...releases.values()].flat().map(({ node, row, at }) => said('Release', row.release, at, node.node)),
      threshold: {
        text: 'More than one release.',
        source: 'Cassandra’s upgrade notes (NEWS.txt): only while upgrading',
      },
      meaning: 'During an upgrade this is normal. Until it ends, do not change the schema, repair, or add nodes.',
      action: 'Finish the upgrade, one node after another.',
      statement: LOCAL,
    }),
  ];
};

const IDENTITY: readonly { readonly field: keyof LocalRow & ('clusterName' | 'partitioner'); readonly what: string }[] =
  [
    { field: 'clusterName', what: 'Cluster name' },
    { field: 'partitioner', what: 'Partitioner' },
  ];

export const identityDisagreement: Rule = (facts) =>
  IDENTITY.flatMap(({ field, what }) => {
    const answers = rowsOfAll(facts, 'local');
    const values = groupBy(answers, ({ row }) => row[field]);
    if (values.size < 2) return [];
    return [
      finding({
        kind: 'identity_disagreement',
        subject: field,
        severity: 'danger',
        title: `The nodes have ${values.size} different values of ${what.toLowerCase()}.`,
        evidence: answers.map(({ node, row, at }) => said(what, row[field], at, node.node)),
        threshold: { text: 'More than one value.', source: 'Cassandra refuses to gossip between them' },
        meaning: 'These nodes are not one cluster. Ringside may have been given contact points of two.',
        action:
          'Check the contact points in the configuration of Ringside, and cassandra.yaml on the nodes that differ.',
        statement: LOCAL,
      }),
    ];
  });

/** Writes of the same cell are ordered by time, so this much may already decide wrongly. */
const MOST_SKEW_MS = 500;

/**
 * A node's clock was read between two times of Ringside's own clock, so its offset lies between two bounds, however slow the
 * network or this process was. Two nodes differ for certain by the distance between their bounds.
 */
export const clockSkew: Rule = (facts) => {
  const clocks = rowsOfAll(facts, 'local').map(({ node, row, at }) => ({
    node: node.node,
    at,
    least: row.clockMs - row.receivedMs,
    most: row.clockMs - row.sentMs,
  }));
  const [slowest] = clocks.toSorted((a, b) => a.most - b.most);
  const [fastest] = clocks.toSorted((a, b) => b.least - a.least);
  if (slowest === undefined || fastest === undefined) return [];
  const skewMs = fastest.least - slowest.most;
  if (skewMs < MOST_SKEW_MS) return [];
  return [
    finding({
      kind: 'clock_skew',
      severity: 'danger',
      title: `The clock of ${fastest.node} is at least ${skewMs} ms ahead of that of ${slowest.node}.`,
      evidence: [
        counted('Ahead of Ringside’s clock, at least', fastest.least, 'ms', fastest.at, fastest.node),
        counted('Ahead of Ringside’s clock, at most', slowest.most, 'ms', slowest.at, slowest.node),
      ],
      threshold: {
        text: `${MOST_SKEW_MS} ms between two nodes, after taking off the time that both answers took.`,
        source: 'Ringside: nodes that keep time by NTP differ by a few ms',
      },
      meaning:
        'Where the server sets the time of a write, the node with the later clock wins over newer writes through others, and its deletions hide rows for that long.',
      action: 'Check NTP or chrony on both nodes.',
      statement: 'SELECT toTimestamp(now()) FROM system.local',
    }),
  ];
};
