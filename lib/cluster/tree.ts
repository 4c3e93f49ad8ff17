import type { Keyspace, Table } from '@/lib/contract/schema';
import { matchesFilter } from './tree-filter';

/** One line of the keyspace tree as it is shown. */
export type TreeRow = {
  id: string;
  label: string;
  /** 1-based, as ARIA counts. */
  level: number;
  positionInSet: number;
  setSize: number;
  /** undefined: nothing is inside. */
  open: boolean | undefined;
} & (
  | { kind: 'group' }
  | { kind: 'keyspace'; keyspace: string }
  | { kind: 'table'; keyspace: string; table: string; tableKind: Table['kind'] }
);

/** What the person opened or closed; for the rest, the size of the schema decides. */
export type OpenState = Readonly<Record<string, boolean>>;

export const SYSTEM_GROUP = 'group:system';
export const keyspaceId = (keyspace: string) => `keyspace:${keyspace}`;
const tableId = (keyspace: string, table: string) => `table:${keyspace}.${table}`;

/** Up to this many of people's own tables start open; with more, everything starts closed. */
const GLANCE_TABLES = 30;

/**
 * The tree as a list of lines: people's own keyspaces first, then Cassandra's in a folded group. A filter shows what
 * matches by table, keyspace or `keyspace.table`, opened as far as needed, whatever `open` says.
 */
export function treeRows(keyspaces: readonly Keyspace[], open: OpenState, filter: string): TreeRow[] {
  const needle = filter.trim().toLowerCase();
  const shown = keyspaces.map((keyspace) => narrow(keyspace, needle)).filter((keyspace) => keyspace !== undefined);
  const own = shown.filter((keyspace) => !keyspace.system).sort(byName);
  const system = shown.filter((keyspace) => keyspace.system).sort(byName);
  const glance = own.reduce((sum, keyspace) => sum + keyspace.tables.length, 0) <= GLANCE_TABLES;
  const isOpen = (id: string, byDefault: boolean) => needle !== '' || (open[id] ?? byDefault);

  const topSize = own.length + (system.length > 0 ? 1 : 0);
  const rows = own.flatMap((keyspace, index) => keyspaceRows(keyspace, 1, index, topSize, isOpen, glance));
  if (system.length > 0) {
    const groupOpen = isOpen(SYSTEM_GROUP, false);
    rows.push({
      kind: 'group',
      id: SYSTEM_GROUP,
      label: `system (${system.length})`,
      level: 1,
      positionInSet: topSize,
      setSize: topSize,
      open: groupOpen,
    });
    if (groupOpen) {
      rows.push(...system.flatMap((keyspace, index) => keyspaceRows(keyspace, 2, index, system.length, isOpen, false)));
    }
  }
  return rows;
}

function keyspaceRows(
  keyspace: Keyspace,
  level: number,
  index: number,
  setSize: number,
  isOpen: (id: string, byDefault: boolean) => boolean,
  byDefault: boolean,
): TreeRow[] {
  const id = keyspaceId(keyspace.name);
  const empty = keyspace.tables.length === 0;
  const open = empty ? undefined : isOpen(id, byDefault);
  const name = keyspace.name;
  const row: TreeRow = {
    kind: 'keyspace',
    id,
    label: name,
    keyspace: name,
    level,
    positionInSet: index + 1,
    setSize,
    open,
  };
  if (open !== true) return [row];
  const tables = [...keyspace.tables].sort(byName).map(
    (table, position): TreeRow => ({
      kind: 'table',
      id: tableId(name, table.name),
      label: table.name,
      keyspace: name,
      table: table.name,
      tableKind: table.kind,
      level: level + 1,
      positionInSet: position + 1,
      setSize: keyspace.tables.length,
      open: undefined,
    }),
  );
  return [row, ...tables];
}

/** The keyspace with its matching tables; undefined if nothing in it matches. */
function narrow(keyspace: Keyspace, needle: string): Keyspace | undefined {
  const name = keyspace.name.toLowerCase();
  if (name.includes(needle)) return keyspace;
  const tables = keyspace.tables.filter((table) => matchesFilter(keyspace.name, table.name, needle));
  return tables.length === 0 ? undefined : { ...keyspace, tables };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

export type TreeMove = { focus: number } | { toggle: string; open: boolean };

/** What a key does in a tree (ARIA tree pattern); undefined if it is not one of the tree's keys. `index`: the focused line. */
export function treeKey(key: string, rows: readonly TreeRow[], index: number): TreeMove | undefined {
  const row = rows[index];
  if (row === undefined) return undefined;
  switch (key) {
    case 'ArrowDown':
      return { focus: Math.min(index + 1, rows.length - 1) };
    case 'ArrowUp':
      return { focus: Math.max(index - 1, 0) };
    case 'Home':
      return { focus: 0 };
    case 'End':
      return { focus: rows.length - 1 };
    case 'ArrowRight':
      if (row.open === undefined) return undefined;
      return row.open ? { focus: index + 1 } : { toggle: row.id, open: true };
    case 'ArrowLeft':
      if (row.open === true) return { toggle: row.id, open: false };
      return { focus: parentIndex(rows, index) };
    default:
      return key.length === 1 && /\S/.test(key) ? typeAhead(key, rows, index) : undefined;
  }
}

function parentIndex(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1;
  for (let at = index - 1; at >= 0; at -= 1) if ((rows[at]?.level ?? 1) < level) return at;
  return index;
}

function typeAhead(letter: string, rows: readonly TreeRow[], index: number): TreeMove | undefined {
  for (let step = 1; step <= rows.length; step += 1) {
    const at = (index + step) % rows.length;
    if (rows[at]?.label.toLowerCase().startsWith(letter.toLowerCase())) return { focus: at };
  }
  return undefined;
}
