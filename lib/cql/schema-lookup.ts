import { TYPE_DEPTH } from '@/lib/contract/limits';
import type { Keyspace, Table, TableIndex } from '@/lib/contract/schema';
import { unquoteIdentifier } from './identifiers';
import { keyColumns } from './row-key';
import { CqlTypeError, parseCqlType, type UdtLookup } from './type-text';
import type { CqlType } from './types';

/** How an index takes part in a read. `secondary` is Cassandra's own; `unknown` a custom class Ringside does not know. */
type IndexKind = 'secondary' | 'sai' | 'sasi' | 'unknown';

/** Which part of the column the index covers: the whole value, or the parts of a collection. */
type IndexPart = 'value' | 'values' | 'keys' | 'entries' | 'full';

export interface IndexShape {
  readonly name: string;
  readonly column: string;
  readonly kind: IndexKind;
  readonly part: IndexPart;
  /** For a SASI index: its mode, and whether it indexes words instead of the value. */
  readonly sasi?: { readonly mode: 'prefix' | 'contains' | 'sparse'; readonly tokenized: boolean };
}

export interface ColumnShape {
  readonly name: string;
  readonly type: CqlType;
  readonly kind: 'partition_key' | 'clustering' | 'static' | 'regular';
  readonly clusteringOrder: 'asc' | 'desc' | 'none';
  /** The role that masks its values for whoever reads the shape; absent: none, or it is not about a person. */
  readonly masked?: string | undefined;
}

/** What the classifier and the select builder need to know about a table. */
export interface TableShape {
  /** Column names in key order. */
  readonly partitionKey: readonly string[];
  /** Column names in clustering order. */
  readonly clusteringKey: readonly string[];
  readonly columns: readonly ColumnShape[];
  readonly indexes: readonly IndexShape[];
  readonly isVirtual: boolean;
  readonly isView: boolean;
}

export interface SchemaLookup {
  /** Undefined if the table does not exist or is unknown. */
  table(keyspace: string, name: string): TableShape | undefined;
  /** True for a user-defined aggregate, in this keyspace or qualified with it. */
  isAggregate(keyspace: string | undefined, name: string): boolean;
  /** With all that is in it. Undefined if it does not exist or is unknown. */
  keyspace(name: string): Keyspace | undefined;
}

const TARGET = /^(values|keys|entries|full)\((.*)\)$/s;

/** What answers for an index, by its class. */
export function indexKind(index: TableIndex): IndexKind {
  const className = index.className?.toLowerCase();
  if (className === undefined) return index.kind.toUpperCase() === 'CUSTOM' ? 'unknown' : 'secondary';
  if (className === 'sai' || className.endsWith('storageattachedindex')) return 'sai';
  return className.endsWith('sasiindex') ? 'sasi' : 'unknown';
}

function indexPart(word: string | undefined): IndexPart {
  switch (word) {
    case 'values':
    case 'keys':
    case 'entries':
    case 'full':
      return word;
    default:
      return 'value';
  }
}

/**
 * `values(…)` around the column of a plain index just means the column (SASI and old releases write it that way); on a
 * collection it means its values. A bare target on a collection also means its values.
 */
function indexShape(index: TableIndex, columns: readonly ColumnShape[]): IndexShape {
  const [, word, inner] = TARGET.exec(index.target) ?? [];
  const named = columns.some((column) => column.name === index.target);
  const column = named ? index.target : unquoteTarget(inner ?? index.target);
  const type = columns.find((candidate) => candidate.name === column)?.type;
  const isCollection = isOpenCollection(type);
  const part = named ? indexPart(undefined) : indexPart(word);
  const holdsParts = isCollection && part === 'value';
  const holdsValue = !isCollection && part === 'values';
  const kind = indexKind(index);
  return {
    name: index.name,
    column,
    kind,
    part: holdsParts ? 'values' : holdsValue ? 'value' : part,
    ...(kind === 'sasi' ? { sasi: sasiShape(index.options ?? {}) } : {}),
  };
}

/** If `analyzed` is set without an analyzer, SASI uses the one that splits words. */
function sasiShape({ mode, analyzed, analyzer_class }: Readonly<Record<string, string>>): IndexShape['sasi'] & object {
  const lower = mode?.toLowerCase();
  const analyzes = analyzer_class !== undefined || analyzed?.toLowerCase() === 'true';
  return {
    mode: lower === 'contains' || lower === 'sparse' ? lower : 'prefix',
    tokenized: analyzes && !/NonTokenizing|NoOp/.test(analyzer_class ?? ''),
  };
}

function isOpenCollection(type: CqlType | undefined): boolean {
  return (type?.kind === 'list' || type?.kind === 'set' || type?.kind === 'map') && type.frozen !== true;
}

function unquoteTarget(text: string): string {
  return text.startsWith('"') ? unquoteIdentifier(text) : text;
}

function columnType(text: string, udts: UdtLookup, keyspace: string): CqlType {
  try {
    return parseCqlType(text, udts, keyspace);
  } catch (error) {
    if (error instanceof CqlTypeError) return { kind: 'custom', className: text };
    throw error;
  }
}

/** The user-defined types of a schema, with their fields' types resolved. */
export function udtLookup(keyspaces: readonly Pick<Keyspace, 'name' | 'types'>[]): UdtLookup {
  let depth = 0;
  const lookup: UdtLookup = (keyspace, name) => {
    const found = keyspaces.find((candidate) => candidate.name === keyspace)?.types.find((type) => type.name === name);
    // Types nested deeper than any real one stay opaque.
    if (found === undefined || depth === TYPE_DEPTH) return undefined;
    depth++;
    const fields = found.fields.map((field) => {
      return { name: field.name, type: columnType(field.type, lookup, keyspace ?? '') };
    });
    depth--;
    return fields;
  };
  return lookup;
}

/** A table of the schema response in the form that the classifier and the select builder need. */
export function tableShape(
  table: Pick<Table, 'columns' | 'indexes' | 'kind'>,
  keyspace: string,
  udts: UdtLookup,
): TableShape {
  const columns = table.columns.map(({ name, type, kind, clusteringOrder, masked }): ColumnShape => {
    const column = { name, type: columnType(type, udts, keyspace), kind, clusteringOrder };
    return masked === undefined ? column : { ...column, masked };
  });
  return {
    partitionKey: keyColumns(table.columns, 'partition_key').map((column) => column.name),
    clusteringKey: keyColumns(table.columns, 'clustering').map((column) => column.name),
    columns,
    indexes: table.indexes.map((index) => indexShape(index, columns)),
    isVirtual: table.kind === 'virtual',
    isView: table.kind === 'view',
  };
}

/** Looks up tables in a schema response (or any part of one). */
export function schemaLookup(keyspaces: readonly Keyspace[]): SchemaLookup {
  const udts = udtLookup(keyspaces);
  const find = (name: string) => keyspaces.find((keyspace) => keyspace.name === name);
  // A batch asks for one table many times, and its types are texts.
  const shapes = new Map<Table, TableShape>();
  return {
    keyspace: find,
    table: (keyspace, name) => {
      const table = find(keyspace)?.tables.find((candidate) => candidate.name === name);
      if (table === undefined) return undefined;
      const shape = shapes.get(table) ?? tableShape(table, keyspace, udts);
      shapes.set(table, shape);
      return shape;
    },
    isAggregate: (keyspace, name) =>
      keyspaces
        .filter((candidate) => keyspace === undefined || candidate.name === keyspace)
        .some((candidate) => candidate.functions.some((fn) => fn.kind === 'aggregate' && fn.name === name)),
  };
}
