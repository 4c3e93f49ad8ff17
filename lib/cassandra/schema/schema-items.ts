import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import type { SchemaItem } from '@/lib/cluster/schema-changes';
import { readFromNode } from '../client/system-reads';

interface Source {
  readonly what: string;
  readonly table: string;
  /** The columns that name an item, after its keyspace. */
  readonly names: readonly string[];
}

const SOURCES: readonly Source[] = [
  { what: 'keyspace', table: 'keyspaces', names: [] },
  { what: 'table', table: 'tables', names: ['table_name'] },
  { what: 'column', table: 'columns', names: ['table_name', 'column_name'] },
  { what: 'view', table: 'views', names: ['view_name'] },
  { what: 'index', table: 'indexes', names: ['table_name', 'index_name'] },
  { what: 'type', table: 'types', names: ['type_name'] },
  { what: 'function', table: 'functions', names: ['function_name', 'argument_types'] },
  { what: 'aggregate', table: 'aggregates', names: ['aggregate_name', 'argument_types'] },
  { what: 'trigger', table: 'triggers', names: ['table_name', 'trigger_name'] },
];

/** Columns that say the same as others: a table's id in its views, a column's name in bytes. */
const REPEATED: ReadonlySet<string> = new Set(['base_table_id', 'column_name_bytes']);

export interface SchemaItems {
  readonly items: readonly SchemaItem[];
  /** Kinds of items that could not be read, for want of a right or of the table in this release. */
  readonly unread: readonly string[];
}

/**
 * Everything in `system_schema`, by one node, with every property as text: what two readings of a schema are compared by.
 * @throws Failure when not even the keyspaces can be read
 */
export async function readSchemaItems(client: Client, host: Host): Promise<SchemaItems> {
  const read = async ({ what, table, names }: Source): Promise<readonly SchemaItem[] | null> => {
    const rows = readFromNode(client, host, `SELECT * FROM system_schema.${table}`);
    const found = await (what === 'keyspace' ? rows : rows.catch(() => null));
    return found === null ? null : found.map((row) => toItem(what, names, row));
  };
  const lists = await Promise.all(SOURCES.map(read));
  return {
    items: lists.flatMap((list) => list ?? []),
    unread: SOURCES.filter((_source, index) => lists[index] === null).map(({ what }) => what),
  };
}

function toItem(what: string, names: readonly string[], row: types.Row): SchemaItem {
  const fields = row
    .keys()
    .filter((column) => column !== 'keyspace_name' && !names.includes(column) && !REPEATED.has(column))
    .flatMap((column): [string, string][] => {
      const text = textOf(row.get(column));
      return text === null ? [] : [[column, text]];
    });
  return { what, path: pathOf(names, row), fields };
}

/** Functions of one name differ by their types, so those are part of the name. */
function pathOf(names: readonly string[], row: types.Row): string[] {
  const keyspace = String(row.get('keyspace_name'));
  const [first, second] = names;
  if (first === undefined) return [keyspace];
  if (second === undefined) return [keyspace, String(row.get(first))];
  if (second === 'argument_types') return [keyspace, `${row.get(first)}(${listText(row.get(second))})`];
  return [keyspace, String(row.get(first)), String(row.get(second))];
}

function listText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(', ') : '';
}

/** The same text for the same value, whatever the order of a map's entries. Null: no value. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Map)
    return [...value]
      .map(([key, entry]) => `${key}: ${entry}`)
      .sort()
      .join(', ');
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return Array.isArray(value) ? listText(value) : String(value);
}
