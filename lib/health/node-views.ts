import type { NodeViews, Subject } from '@/lib/contract/health';
import { groupBy } from '@/lib/cql/group-by';
import type { ClusterFacts, NodeFacts, ViewRow } from './facts';
import { rowsOf } from './facts';
import { compareSettings } from './settings';
import { silentOf, unknownOf } from './verdict';

/** What a node says of the others: by gossip (4.1 and later), else by `system.peers_v2`, which knows no states. */
interface Observer {
  readonly node: NodeFacts;
  readonly source: 'gossip' | 'peers';
  readonly askedAt: string;
  readonly views: ReadonlyMap<string, ViewRow>;
}

/** What each node says of each, where they differ, and the settings in which they differ. */
export function nodeViewsOf(facts: ClusterFacts): Omit<NodeViews, 'pace'> {
  const observers = facts.nodes.flatMap(observerOf);
  const { nodes, compared, rows } = compareSettings(facts.nodes);
  return {
    observers: observers.map(({ node, source, askedAt }) => ({ node: node.node, source, askedAt })),
    subjects: facts.nodes.map((node) => subjectOf(node, observers)),
    settings: { nodes: [...nodes], compared, rows: rows.map(({ why: _why, ...row }) => row) },
    unknown: unknownOf(facts),
    silent: silentOf(facts),
    asOf: facts.asOf,
  };
}

function observerOf(node: NodeFacts): Observer[] {
  const gossip = rowsOf(node, 'gossip');
  const answer = gossip ?? rowsOf(node, 'peers');
  if (answer === undefined) return [];
  const views = new Map(answer.rows.map((row) => [row.hostId, row]));
  return [{ node, source: gossip === undefined ? 'peers' : 'gossip', askedAt: answer.askedAt, views }];
}

type SeenState = Subject['common'] & { readonly observer: string };

function subjectOf(subject: NodeFacts, observers: readonly Observer[]): Subject {
  const others = observers.filter(({ node }) => node.hostId !== subject.hostId);
  const seen = others.map(({ node, views }): SeenState => {
    const view = views.get(subject.hostId);
    if (view === undefined) return { observer: node.node, state: 'unknown', reason: 'It does not know this node.' };
    return { observer: node.node, ...view.state };
  });
  const [common] = [...groupBy(seen, ({ state }) => state).values()].toSorted((a, b) => b.length - a.length);
  const { observer: _observer, ...commonState } = common?.[0] ?? {
    observer: '',
    state: 'unknown' as const,
    reason: 'No other node could be asked.',
  };
  const states = new Set(seen.map(({ state }) => state).filter((state) => state !== 'unknown'));
  const fields = fieldsOf(subject, observers);
  return {
    node: subject.node,
    datacenter: subject.datacenter,
    rack: subject.rack,
    isAgreed: states.size < 2 && fields.length === 0,
    common: commonState,
    others: seen.filter(({ state }) => state !== commonState.state),
    fields,
  };
}

const FIELDS = [
  { field: 'release', read: (view: ViewRow) => view.release },
  { field: 'schema version', read: (view: ViewRow) => view.schemaVersion },
  { field: 'datacenter', read: (view: ViewRow) => view.datacenter },
  { field: 'rack', read: (view: ViewRow) => view.rack },
] as const;

/** Facts about a node in which those who know it differ, itself among them. */
function fieldsOf(subject: NodeFacts, observers: readonly Observer[]): Subject['fields'] {
  return FIELDS.flatMap(({ field, read }) => {
    const known = observers.flatMap(({ node, views }) => {
      const view = views.get(subject.hostId);
      const value = view === undefined ? null : read(view);
      return value === null ? [] : [{ observer: node.node, value }];
    });
    const values = groupBy(known, ({ value }) => value);
    if (values.size < 2) return [];
    return [
      { field, values: [...values].map(([value, by]) => ({ value, observers: by.map(({ observer }) => observer) })) },
    ];
  });
}
