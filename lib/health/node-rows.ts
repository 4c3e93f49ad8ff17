import type { NodeCell, NodeNumber, NodeRow, NodesResponse } from '@/lib/contract/nodes';
import { primaryOwnership } from '@/lib/ring/ownership';
import type { ClusterFacts, FactName, FactRows, NodeFacts, Read, ViewRow } from './facts';
import { rowsOf } from './facts';
import { grantSelect } from './grant';

/** The virtual table that each number comes from. */
const SOURCES: Readonly<Record<NodeNumber, string>> = {
  load: 'SELECT load FROM system_views.gossip_info',
  disk: 'SELECT mebibytes FROM system_views.disk_usage',
  started: 'SELECT generation FROM system_views.gossip_info',
  pending: 'SELECT pending_tasks FROM system_views.thread_pools',
  blocked: 'SELECT blocked_tasks FROM system_views.thread_pools',
  hints: 'SELECT files FROM system_views.pending_hints',
  clients: 'SELECT address FROM system_views.clients',
  queries: 'SELECT running_micros FROM system_views.queries',
  oldestQuery: 'SELECT running_micros FROM system_views.queries',
  compactions: 'SELECT kind FROM system_views.sstable_tasks',
};
const MEBIBYTE = 1_048_576;

/** Every node in a line. What a node does not say stays unknown, with the reason: unknown is not zero. */
export function nodeRowsOf(facts: ClusterFacts): NodesResponse {
  const owned = primaryOwnership(facts.members);
  const tokens = new Map(facts.members.map(({ id, tokens: own }) => [id, own.length]));
  const views = viewsOf(facts);
  const rows = facts.nodes.map((node): NodeRow => {
    const seen = views.get(node.hostId);
    return {
      node: node.node,
      hostId: node.hostId,
      datacenter: node.datacenter,
      rack: node.rack,
      ...stateOf(node, seen?.isDown ?? false),
      release: rowsOf(node, 'local')?.rows[0]?.release ?? seen?.view.release ?? null,
      tokens: tokens.get(node.hostId) ?? null,
      owns: owned.get(node.hostId) ?? null,
      numbers: numbersOf(node, seen),
    };
  });
  return { nodes: rows, sources: SOURCES, asOf: facts.asOf };
}

interface Seen {
  readonly view: ViewRow;
  readonly at: string;
  readonly isDown: boolean;
}

/** What gossip says of each node: by the node itself, else by one that knows it; down only where somebody sees it so. */
function viewsOf({ nodes }: ClusterFacts): ReadonlyMap<string, Seen> {
  const views = new Map<string, Seen>();
  for (const observer of nodes) {
    const read = rowsOf(observer, 'gossip');
    for (const view of read?.rows ?? []) {
      const before = views.get(view.hostId);
      const isDown = before?.isDown === true || view.state.state === 'down';
      const isOwn = view.hostId === observer.hostId;
      const kept = before === undefined || isOwn ? { view, at: read?.askedAt ?? '' } : before;
      views.set(view.hostId, { ...kept, isDown });
    }
  }
  return views;
}

function stateOf({ silence }: NodeFacts, isDown: boolean): Pick<NodeRow, 'state' | 'reason' | 'lastAnswerAt'> {
  if (silence === null) return { state: 'up', reason: null, lastAnswerAt: null };
  return { state: isDown ? 'down' : 'unknown', ...silence };
}

function numbersOf(node: NodeFacts, seen: Seen | undefined): NodeRow['numbers'] {
  const gossip = (value: number | null | undefined) => gossipCell(node, seen, value);
  return {
    load: gossip(seen?.view.loadBytes),
    started: gossip(seen?.view.startedS == null ? null : seen.view.startedS * 1_000),
    disk: cell(node, 'disk', (rows) => sum(rows.map(({ value }) => value)) * MEBIBYTE),
    pending: cell(node, 'pools', (rows) => sum(rows.map(({ pending = 0 }) => pending))),
    blocked: cell(node, 'pools', (rows) => sum(rows.map(({ blocked }) => blocked))),
    hints: cell(node, 'hints', (rows) => sum(rows.map(({ files }) => files))),
    clients: cell(node, 'clients', (rows) => rows.length),
    queries: cell(node, 'queries', (rows) => rows.length),
    oldestQuery: cell(node, 'queries', (rows) => rows.reduce((most, row) => Math.max(most, row.runningMs), 0)),
    compactions: cell(node, 'tasks', (rows) => rows.filter(({ kind }) => kind.includes('compaction')).length),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function gossipCell(node: NodeFacts, seen: Seen | undefined, value: number | null | undefined): NodeCell {
  if (seen !== undefined && value != null) return { value, at: seen.at };
  return { value: null, at: null, why: whyUnknown(node, 'gossip') };
}

function cell<Name extends FactName>(
  node: NodeFacts,
  name: Name,
  count: (rows: readonly FactRows[Name][]) => number,
): NodeCell {
  const read: Read<FactRows[Name]> | undefined = rowsOf(node, name);
  if (read?.outcome === 'rows') return { value: count(read.rows), at: read.askedAt };
  return { value: null, at: null, why: whyUnknown(node, name) };
}

function whyUnknown({ reads, silence }: NodeFacts, name: FactName): string {
  if (silence !== null) return silence.reason;
  const read = reads[name];
  if (read?.outcome === 'no_such_table') return 'This release has no such table.';
  if (read?.outcome === 'not_permitted') return `${read.reason} ${grantSelect('system_views', read.role)} helps.`;
  return read?.outcome === 'rows' ? 'The node does not say it.' : 'It has not been read yet.';
}
