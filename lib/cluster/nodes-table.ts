import type { NodeNumber, NodeRow } from '@/lib/contract/nodes';
import { formatBytes, formatCount, formatElapsed, formatShare } from '@/lib/text/format';

/** The table of all nodes as data: its columns, order, groups and filter. */

/** A column of the table: what it sorts by, what it shows, and the number that has a source and an age. */
export interface NodeColumn {
  readonly id: string;
  readonly label: string;
  /** What its number counts, for the line that explains a cell; empty for text. */
  readonly unit: string;
  readonly number?: NodeNumber;
  /** Where a group's sum makes sense. */
  readonly isSummed?: true;
  readonly width: string;
  readonly value: (row: NodeRow) => number | string | null;
  readonly text: (value: number | string) => string;
}

const asText = String;
const asCount = (value: number | string) => (typeof value === 'number' ? formatCount(value) : value);
const asBytes = (value: number | string) => formatBytes(Number(value));
const STATES: readonly NodeRow['state'][] = ['down', 'unknown', 'up'];

function counted(id: NodeNumber, label: string, unit: string, text = asCount): NodeColumn {
  return { id, label, unit, number: id, isSummed: true, width: '7rem', value: (row) => row.numbers[id].value, text };
}

export const NODE_COLUMNS: readonly NodeColumn[] = [
  { id: 'node', label: 'Address', unit: '', width: '13rem', value: ({ node }) => node, text: asText },
  {
    id: 'state',
    label: 'State',
    unit: '',
    width: '6rem',
    // The worst first.
    value: ({ state }) => STATES.indexOf(state),
    text: (value) => STATES[Number(value)] ?? '',
  },
  { id: 'datacenter', label: 'Datacenter', unit: '', width: '8rem', value: (row) => row.datacenter, text: asText },
  { id: 'rack', label: 'Rack', unit: '', width: '7rem', value: ({ rack }) => rack, text: asText },
  { id: 'release', label: 'Release', unit: '', width: '6rem', value: ({ release }) => release, text: asText },
  {
    id: 'tokens',
    label: 'Tokens',
    unit: 'tokens',
    isSummed: true,
    width: '5rem',
    value: ({ tokens }) => tokens,
    text: asCount,
  },
  { ...counted('load', 'Load', 'on disk, as the node gossips it', asBytes), width: '6rem' },
  {
    id: 'owns',
    label: 'Owns',
    unit: 'of the ring, as primary',
    isSummed: true,
    width: '6rem',
    value: ({ owns }) => owns,
    text: (value) => formatShare(Number(value)),
  },
  counted('disk', 'Tables', 'on disk, each table rounded up to a MiB', asBytes),
  {
    id: 'started',
    label: 'Up since',
    unit: 'UTC, the generation in gossip',
    number: 'started',
    width: '10rem',
    value: (row) => row.numbers.started.value,
    text: (value) => new Date(Number(value)).toISOString().slice(0, 16).replace('T', ' '),
  },
  counted('pending', 'Pending', 'tasks, all pools'),
  counted('blocked', 'Blocked', 'tasks, all pools'),
  counted('hints', 'Hints', 'files that wait'),
  counted('clients', 'Clients', 'connections, Ringside’s among them'),
  counted('queries', 'Queries', 'running, this question among them'),
  {
    id: 'oldestQuery',
    label: 'Oldest query',
    unit: 'since it began to run',
    number: 'oldestQuery',
    width: '7rem',
    value: (row) => row.numbers.oldestQuery.value,
    text: (value) => formatElapsed(Number(value)),
  },
  counted('compactions', 'Compactions', 'running'),
];

export const NODE_GROUPS = ['datacenter', 'rack'] as const;

export interface NodesAddress {
  readonly sort: string;
  readonly isDescending: boolean;
  /** Null: no groups. */
  readonly group: (typeof NODE_GROUPS)[number] | null;
  readonly find: string;
  /** Null: every state. */
  readonly state: NodeRow['state'] | null;
}

export interface NodeGroup {
  readonly key: string;
  readonly label: string;
  readonly nodes: readonly NodeRow[];
}

/** A line of the table: the head of a group, or a node. */
export type NodeLine =
  | { readonly kind: 'group'; readonly group: NodeGroup; readonly isOpen: boolean }
  | { readonly kind: 'node'; readonly row: NodeRow };

/** The lines to draw, in order. What is not known sorts last, whichever way. */
export function nodeLines(
  nodes: readonly NodeRow[],
  address: NodesAddress,
  closed: ReadonlySet<string>,
): readonly NodeLine[] {
  const sorted = sortNodes(
    nodes.filter((row) => isFound(row, address)),
    address,
  );
  if (address.group === null) return sorted.map((row) => ({ kind: 'node', row }));
  return groupsOf(sorted, address.group).flatMap((group): NodeLine[] => {
    const isOpen = !closed.has(group.key);
    const rows = isOpen ? group.nodes.map((row): NodeLine => ({ kind: 'node', row })) : [];
    return [{ kind: 'group', group, isOpen }, ...rows];
  });
}

function isFound({ node, hostId, datacenter, rack, release, state }: NodeRow, address: NodesAddress): boolean {
  if (address.state !== null && state !== address.state) return false;
  const text = [node, hostId, datacenter, rack, release].join(' ').toLowerCase();
  return address.find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const NATURAL = new Intl.Collator('en', { numeric: true });

function sortNodes(nodes: readonly NodeRow[], { sort, isDescending }: NodesAddress): NodeRow[] {
  const value = NODE_COLUMNS.find(({ id }) => id === sort)?.value ?? (({ node }: NodeRow) => node);
  const keyed = nodes.map((row) => ({ row, key: value(row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    const order =
      typeof a.key === 'number' && typeof b.key === 'number'
        ? a.key - b.key
        : NATURAL.compare(String(a.key), String(b.key));
    return (isDescending ? -order : order) || NATURAL.compare(a.row.node, b.row.node);
  });
  return keyed.map(({ row }) => row);
}

function groupsOf(nodes: readonly NodeRow[], by: 'datacenter' | 'rack'): NodeGroup[] {
  const groups = new Map<string, NodeRow[]>();
  for (const row of nodes) {
    const label = by === 'rack' ? `${row.datacenter} / ${row.rack}` : row.datacenter;
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [row]);
    else group.push(row);
  }
  return [...groups]
    .sort(([a], [b]) => NATURAL.compare(a, b))
    .map(([label, rows]) => ({ key: label, label, nodes: rows }));
}

/** The sum of a column over the nodes that know it; null: none does, or a sum says nothing. */
export function sumOf(column: NodeColumn, nodes: readonly NodeRow[]): { sum: number; known: number } | null {
  if (column.isSummed !== true) return null;
  const known = nodes.map(column.value).filter((value) => typeof value === 'number');
  if (known.length === 0) return null;
  return { sum: known.reduce((total, value) => total + value, 0), known: known.length };
}
