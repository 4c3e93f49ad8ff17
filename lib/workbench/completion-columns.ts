import type { Keyspace, Table, TableColumn } from '@/lib/contract/schema';
import { isFilterable } from '@/lib/cql/filterable';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { indexFor, vectorIndexOf } from '@/lib/cql/index-serving';
import { isSince } from '@/lib/cql/release';
import type { RestrictionOperator } from '@/lib/cql/restrictions';
import { type ColumnShape, type TableShape, tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';
import type { Suggestion } from './suggestion';

const KIND_RANK = { partition_key: 0, clustering: 1, static: 2, regular: 3 } as const;

/** The partition key first, then the clustering columns in their order, then the others as the table has them. */
export function ranked(columns: readonly TableColumn[]): TableColumn[] {
  return columns.toSorted((one, other) => KIND_RANK[one.kind] - KIND_RANK[other.kind] || one.position - other.position);
}

export function isKey({ kind }: Pick<TableColumn, 'kind'>): boolean {
  return kind === 'partition_key' || kind === 'clustering';
}

export function columnOption({ name, type, kind }: TableColumn): Suggestion {
  const role = { partition_key: ' · partition key', clustering: ' · clustering', static: ' · static', regular: '' }[
    kind
  ];
  return { text: quoteIdentifier(name), kind: 'column', detail: `${type}${role}` };
}

const everywhere = new WeakMap<readonly Keyspace[], Map<string, Suggestion[]>>();

/** The columns of all tables by name: those of the keyspace in use first, the system's last, and keys before others. */
export function columnsOfAll(keyspaces: readonly Keyspace[], used: string | undefined): Suggestion[] {
  const held = everywhere.get(keyspaces) ?? new Map<string, Suggestion[]>();
  everywhere.set(keyspaces, held);
  const found = held.get(used ?? '') ?? listAll(keyspaces, used);
  held.set(used ?? '', found);
  return found;
}

function listAll(keyspaces: readonly Keyspace[], used: string | undefined): Suggestion[] {
  const rankOf = ({ name, system, virtual }: Keyspace) => (name === used ? 0 : system || virtual ? 2 : 1);
  const rows = keyspaces.flatMap((keyspace) =>
    keyspace.tables.flatMap((table) =>
      ranked(table.columns).map((column) => {
        return {
          column,
          place: `${keyspace.name}.${table.name}`,
          rank: 2 * rankOf(keyspace) + (isKey(column) ? 0 : 1),
        };
      }),
    ),
  );
  const byName = new Map<string, { column: TableColumn; places: string[] }>();
  for (const { column, place } of rows.toSorted((one, other) => one.rank - other.rank)) {
    const known = byName.get(column.name);
    if (known === undefined) byName.set(column.name, { column, places: [place] });
    else known.places.push(place);
  }
  return [...byName.values()].map(({ column, places }) => {
    const more = places.length > 1 ? ` and ${places.length - 1} more` : '';
    return { text: quoteIdentifier(column.name), kind: 'column', detail: `${column.type} · ${places[0]}${more}` };
  });
}

/** The table as the planner sees it. */
export function shapeOf(keyspace: Keyspace, table: Table, keyspaces: readonly Keyspace[]): TableShape {
  return tableShape(table, keyspace.name, udtLookup(keyspaces));
}

const TRIED: readonly RestrictionOperator[] = [
  '=',
  'IN',
  '<',
  '<=',
  '>',
  '>=',
  'BETWEEN',
  'CONTAINS',
  'CONTAINS KEY',
  'LIKE',
];
const RANGES: ReadonlySet<RestrictionOperator> = new Set(['<', '<=', '>', '>=', 'BETWEEN']);

/** The operators that a WHERE can have on a column: those that key or index serves, then those that filtering does. */
export function operatorsOf(table: TableShape, name: string, verb: string, release: string | null): Suggestion[] {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) return [];
  const tried = TRIED.filter(
    (operator) => fits(operator, column) && (operator !== 'BETWEEN' || isSince(release, '5.1')),
  );
  const served = tried.filter((operator) => isServed(table, column, operator, verb));
  const filtered =
    verb === 'SELECT' ? tried.filter((operator) => !served.includes(operator) && filters(table, name, operator)) : [];
  return [
    ...served.map((text): Suggestion => ({ text, kind: 'operator', detail: servedBy(table, column, text) })),
    ...filtered.map((text): Suggestion => ({ text, kind: 'operator', detail: 'needs ALLOW FILTERING' })),
  ];
}

/** Whether the operator means anything for the type. */
function fits(operator: RestrictionOperator, { type }: ColumnShape): boolean {
  if (operator === 'LIKE') return type.kind === 'native' && (type.name === 'text' || type.name === 'ascii');
  if (operator === 'CONTAINS') return isCollection(type);
  return operator !== 'CONTAINS KEY' || type.kind === 'map';
}

function isCollection(type: CqlType): boolean {
  return type.kind === 'list' || type.kind === 'set' || type.kind === 'map';
}

function isServed(
  table: TableShape,
  { name, kind }: ColumnShape,
  operator: RestrictionOperator,
  verb: string,
): boolean {
  const isPoint = operator === '=' || operator === 'IN';
  if (kind === 'partition_key' && isPoint) return true;
  if (kind === 'clustering' && isPoint) return true;
  if (kind === 'clustering' && RANGES.has(operator)) return verb !== 'UPDATE';
  if (verb !== 'SELECT' || vectorIndexOf(table, name) !== undefined) return false;
  // A LIKE that begins with its text is what the weakest SASI index serves.
  return indexFor(table, { column: name, operator, ...(operator === 'LIKE' ? { like: 'prefix' } : {}) }) !== undefined;
}

function servedBy(table: TableShape, { name, kind }: ColumnShape, operator: RestrictionOperator): string {
  if (kind === 'partition_key') return 'partition key';
  if (kind === 'clustering') return 'clustering column';
  const index = indexFor(table, { column: name, operator, ...(operator === 'LIKE' ? { like: 'prefix' } : {}) });
  return index === undefined ? '' : `index ${index.name}`;
}

function filters(table: TableShape, column: string, operator: RestrictionOperator): boolean {
  return isFilterable(table, [{ column, operator }]);
}
