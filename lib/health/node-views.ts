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

type State = Subject['common'];

const NOT_KNOWN: State = { state: 'unknown', reason: 'It does not know this node.' };
const NOBODY: State = { state: 'unknown', reason: 'No other node could be asked.' };

/** What an observer says of the subject. */
interface Said {
  readonly observer: string;
  readonly isItself: boolean;
  readonly view: ViewRow | undefined;
}

function subjectOf(subject: NodeFacts, observers: readonly Observer[]): Subject {
  const all = observers.map(({ node, views }): Said => {
    return { observer: node.node, isItself: node.hostId === subject.hostId, view: views.get(subject.hostId) };
  });
  const stateBy = ({ view }: Said): State => view?.state ?? NOT_KNOWN;
  const groups = [
    ...groupBy(
      all.filter(({ isItself }) => !isItself),
      (one) => stateBy(one).state,
    ),
  ];
  const [common, ...rest] = groups.toSorted(([, a], [, b]) => b.length - a.length);
  const [first] = common?.[1] ?? [];
  const fields = fieldsOf(all);
  return {
    node: subject.node,
    datacenter: subject.datacenter,
    rack: subject.rack,
    isAgreed: groups.filter(([state]) => state !== 'unknown').length < 2 && fields.length === 0,
    common: first === undefined ? NOBODY : stateBy(first),
    others: rest.flatMap(([, by]) => by.map((one) => ({ observer: one.observer, ...stateBy(one) }))),
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
function fieldsOf(all: readonly Said[]): Subject['fields'] {
  return FIELDS.flatMap(({ field, read }) => {
    if (isSame(all, read)) return [];
    const known = all.flatMap(({ observer, view }) => {
      const value = view === undefined ? null : read(view);
      return value === null ? [] : [{ observer, value }];
    });
    const values = groupBy(known, ({ value }) => value);
    if (values.size < 2) return [];
    return [
      { field, values: [...values].map(([value, by]) => ({ value, observers: by.map(({ observer }) => observer) })) },
    ];
  });
}

/** Almost always, and a large ring has a million views. */
function isSame(all: readonly Said[], read: (view: ViewRow) => string | null): boolean {
  let known: string | null = null;
  for (const { view } of all) {
    const value = view === undefined ? null : read(view);
    if (value === null) continue;
    if (known !== null && known !== value) return false;
    known = value;
  }
  return true;
}
