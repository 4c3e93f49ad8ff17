import type { TableName } from '@/lib/contract/common';
import type { TableDetails } from '@/lib/contract/stats';
import type { Mapping } from '@/lib/contract/transforms';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { quoteString } from '@/lib/cql/literals';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType, parseCqlType, type UdtLookup } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { CopyError } from './fields';

/** A table that is not there yet: what makes it, and what it will be. */
export interface NewTable {
  /** In the order in which they run. */
  readonly statements: readonly string[];
  readonly shape: TableShape;
}

export interface Creating {
  readonly source: TableShape;
  readonly target: TableName;
  readonly mapping: Mapping;
  /** Of the source table. */
  readonly properties: TableDetails['properties'];
  /** The types of the target's keyspace. */
  readonly udts: UdtLookup;
}

/** Properties that a copy has as its source; others have the target's defaults. */
const NUMBERS = ['default_time_to_live', 'gc_grace_seconds'] as const;
const MAPS = ['compaction', 'compression'] as const;

/** @throws CopyError when the source does not decide a column or the key */
export function newTable(creating: Creating): NewTable {
  const { source, target, mapping, udts } = creating;
  const columns = mapping.map((mapped) => columnOf(mapped, source, target.keyspace));
  const keyOf = (names: readonly string[]) => names.map((name) => mappedName(name, mapping));
  const [partitionKey, clusteringKey] = [keyOf(source.partitionKey), keyOf(source.clusteringKey)];
  const shape: TableShape = { partitionKey, clusteringKey, columns, indexes: [], isVirtual: false, isView: false };
  const types = typesOf(columns, target.keyspace, udts);
  return { statements: [...types, createText(shape, creating)], shape };
}

function columnOf({ to, from, steps }: Mapping[number], source: TableShape, keyspace: string): ColumnShape {
  const named = 'field' in from ? from.field : to;
  const column = source.columns.find(({ name }) => name === named);
  if (column === undefined) {
    throw new CopyError(
      `The source has no column “${named}” that would decide the type of “${to}”.`,
      'Create the table first, then copy into it.',
    );
  }
  const cast = steps.findLast((step) => step.do === 'cast');
  const type = cast?.do === 'cast' ? parseCqlType(cast.to) : column.type;
  return {
    ...column,
    name: to,
    type: inKeyspace(isCounter(type) ? { kind: 'native', name: 'bigint' } : type, keyspace),
  };
}

function isCounter(type: CqlType): boolean {
  return type.kind === 'native' && type.name === 'counter';
}

/** User-defined types belong to the keyspace of their table. */
function inKeyspace(type: CqlType, keyspace: string): CqlType {
  const inner = (of: CqlType) => inKeyspace(of, keyspace);
  switch (type.kind) {
    case 'native':
    case 'custom':
      return type;
    case 'list':
    case 'set':
    case 'vector':
      return { ...type, of: inner(type.of) };
    case 'map':
      return { ...type, key: inner(type.key), value: inner(type.value) };
    case 'tuple':
      return { ...type, of: type.of.map(inner) };
    case 'udt':
      return { ...type, keyspace, fields: type.fields.map(({ name, type: of }) => ({ name, type: inner(of) })) };
    default:
      return type satisfies never;
  }
}

function mappedName(key: string, mapping: Mapping): string {
  const found = mapping.find(({ to, from }) => ('field' in from ? from.field === key : to === key));
  if (found !== undefined) return found.to;
  throw new CopyError(
    `“${key}” is part of the source’s primary key, and no column comes from it.`,
    'Map it, or create a table with another key first and copy into it.',
  );
}

/** CREATE TYPE for each user-defined type that is not there, those that others use first. */
function typesOf(columns: readonly ColumnShape[], keyspace: string, udts: UdtLookup): string[] {
  const made = new Map<string, string>();
  const visit = (type: CqlType): void => {
    for (const inner of innerTypes(type)) visit(inner);
    if (type.kind !== 'udt' || made.has(type.name) || udts(keyspace, type.name) !== undefined) return;
    const fields = type.fields.map(({ name, type: of }) => `${quoteIdentifier(name)} ${formatCqlType(of)}`);
    made.set(type.name, `CREATE TYPE ${qualifiedName(keyspace, type.name)} (${fields.join(', ')})`);
  };
  for (const { type } of columns) visit(type);
  return [...made.values()];
}

function innerTypes(type: CqlType): readonly CqlType[] {
  switch (type.kind) {
    case 'native':
    case 'custom':
      return [];
    case 'list':
    case 'set':
    case 'vector':
      return [type.of];
    case 'map':
      return [type.key, type.value];
    case 'tuple':
      return type.of;
    case 'udt':
      return type.fields.map((field) => field.type);
    default:
      return type satisfies never;
  }
}

function createText({ columns, partitionKey, clusteringKey }: TableShape, { target, properties }: Creating): string {
  const definitions = columns.map(
    ({ name, type, kind }) => `  ${quoteIdentifier(name)} ${formatCqlType(type)}${kind === 'static' ? ' static' : ''},`,
  );
  const names = (of: readonly string[]) => of.map(quoteIdentifier).join(', ');
  const key = [`(${names(partitionKey)})`, ...clusteringKey.map(quoteIdentifier)].join(', ');
  const orders = clusteringKey.map((name) => {
    const isDescending = columns.find((column) => column.name === name)?.clusteringOrder === 'desc';
    return `${quoteIdentifier(name)} ${isDescending ? 'DESC' : 'ASC'}`;
  });
  const options = [
    ...(orders.length === 0 ? [] : [`CLUSTERING ORDER BY (${orders.join(', ')})`]),
    ...NUMBERS.flatMap((name) => (isWhole(properties[name]) ? [`${name} = ${properties[name]}`] : [])),
    ...MAPS.flatMap((name) => {
      const entries = properties[name];
      return typeof entries === 'object' && entries !== null ? [`${name} = ${mapText(entries)}`] : [];
    }),
  ];
  const withOptions = options.length === 0 ? '' : ` WITH ${options.join('\n  AND ')}`;
  const table = qualifiedName(target.keyspace, target.table);
  return [`CREATE TABLE ${table} (`, ...definitions, `  PRIMARY KEY (${key})`, `)${withOptions}`].join('\n');
}

function isWhole(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value);
}

function mapText(entries: Readonly<Record<string, string>>): string {
  return `{${Object.entries(entries)
    .map(([name, value]) => `${quoteString(name)}: ${quoteString(value)}`)
    .join(', ')}}`;
}
