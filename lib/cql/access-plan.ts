import type { IndexShape, TableShape } from './schema-lookup';
import type { CqlType } from './types';

/** `ENTRY` is `map[key] = value`; `other` is what no index and no key serves. */
export type RestrictionOperator =
  | '='
  | 'IN'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'BETWEEN'
  | 'LIKE'
  | 'CONTAINS'
  | 'CONTAINS KEY'
  | 'ENTRY'
  | 'other';

export interface Restriction {
  readonly column: string;
  readonly operator: RestrictionOperator;
}

/** How Cassandra would serve a set of restrictions that are joined by AND. */
export interface AccessPlan {
  readonly access: 'partition' | 'partitions' | 'index' | 'ring';
  /** The index read, where one is. */
  readonly index: string | null;
  /** Null when it is served as it stands; else why Cassandra wants ALLOW FILTERING or refuses, in a person's words. */
  readonly problem: string | null;
}

const isPoint = ({ operator }: Restriction) => operator === '=' || operator === 'IN';
const isLower = ({ operator }: Restriction) => operator === '>' || operator === '>=' || operator === 'BETWEEN';
const isUpper = ({ operator }: Restriction) => operator === '<' || operator === '<=' || operator === 'BETWEEN';
const isRange = (restriction: Restriction) => isLower(restriction) || isUpper(restriction);

/** SAI keeps these as terms without an order (`StorageAttachedIndex.EQ_ONLY_TYPES`). */
const UNORDERED = new Set(['text', 'ascii', 'boolean', 'uuid']);

function hasOrderedIndex(type: CqlType | undefined): boolean {
  return type?.kind === 'native' && !UNORDERED.has(type.name);
}

function servesValue(index: IndexShape, restriction: Restriction, type: CqlType | undefined): boolean {
  if (restriction.operator === '=') return true;
  if (restriction.operator === 'LIKE') return index.kind === 'sasi';
  return index.kind !== 'secondary' && isRange(restriction) && hasOrderedIndex(type);
}

function serves(index: IndexShape, restriction: Restriction, type: CqlType | undefined): boolean {
  if (index.kind === 'unknown' || index.column !== restriction.column) return false;
  switch (index.part) {
    case 'value':
      return servesValue(index, restriction, type);
    case 'full':
      return restriction.operator === '=';
    case 'values':
      return restriction.operator === 'CONTAINS';
    case 'keys':
      return restriction.operator === 'CONTAINS KEY';
    case 'entries':
      return restriction.operator === 'ENTRY';
    default:
      return index.part satisfies never;
  }
}

function indexFor(table: TableShape, restriction: Restriction): IndexShape | undefined {
  const type = table.columns.find((column) => column.name === restriction.column)?.type;
  return table.indexes.find((index) => serves(index, restriction, type));
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Two conditions that cannot stand together on one column. CONTAINS may be repeated. */
function findClash(restrictions: readonly Restriction[]): string | null {
  for (const { column } of restrictions) {
    const on = restrictions.filter((other) => other.column === column);
    const points = on.filter(isPoint).length;
    const lowers = on.filter(isLower).length;
    const uppers = on.filter(isUpper).length;
    if (points > 1 || lowers > 1 || uppers > 1 || (points === 1 && lowers + uppers > 0)) {
      return `${column} is filtered twice`;
    }
  }
  return null;
}

/** The clustering columns that a whole partition key lets Cassandra seek by: = or IN in order, then one range. */
function seekable(table: TableShape, restrictions: readonly Restriction[]): Set<string> {
  const columns = new Set<string>();
  for (const name of table.clusteringKey) {
    const on = restrictions.filter(({ column }) => column === name);
    const isServed = on.length > 0 && on.every((restriction) => isPoint(restriction) || isRange(restriction));
    if (!isServed) break;
    columns.add(name);
    if (on.some(isRange)) break;
  }
  return columns;
}

function missingBefore(table: TableShape, restrictions: readonly Restriction[], column: string): string[] {
  const has = (name: string) => restrictions.some((restriction) => restriction.column === name && isPoint(restriction));
  const clustering = table.clusteringKey.slice(0, Math.max(0, table.clusteringKey.indexOf(column)));
  return [...table.partitionKey, ...clustering].filter((name) => name !== column && !has(name));
}

function describeUnserved(table: TableShape, restrictions: readonly Restriction[], restriction: Restriction): string {
  const { column, operator } = restriction;
  const isPartitionKey = table.partitionKey.includes(column);
  if (isPartitionKey && !isPoint(restriction)) {
    return `${column} is part of the partition key: it takes only = and IN`;
  }
  if (!isPartitionKey && !table.clusteringKey.includes(column)) {
    const indexed = table.indexes.some((index) => index.column === column);
    return indexed
      ? `the index on ${column} does not serve ${operator}`
      : `${column} is not in the key and has no index`;
  }
  if (!isPoint(restriction) && !isRange(restriction)) return `${column} cannot be found by ${operator}`;
  const missing = missingBefore(table, restrictions, column);
  const ranged = missing.filter((name) => restrictions.some((other) => other.column === name));
  if (ranged.length > 0) return `${column} can be filtered only where ${list(ranged)} has one value (= or IN)`;
  return `also needs ${list(missing)}`;
}

interface Outcome {
  readonly keyIn: boolean;
  /** What the key does not serve. */
  readonly rest: readonly Restriction[];
}

function indexProblem(
  table: TableShape,
  restrictions: readonly Restriction[],
  { keyIn, rest }: Outcome,
): string | null {
  const unindexed = rest.filter((restriction) => indexFor(table, restriction) === undefined);
  const isPlain = ({ column }: Restriction) =>
    !table.partitionKey.includes(column) && !table.clusteringKey.includes(column);
  const worst = unindexed.find(isPlain) ?? unindexed[0];
  if (worst !== undefined) return describeUnserved(table, restrictions, worst);
  const indexes = rest.flatMap((restriction) => indexFor(table, restriction) ?? []);
  if (indexes.length > 1 && indexes.some((index) => index.kind !== 'sai')) {
    const names = [...new Set(indexes.map(({ column }) => column))];
    return `only one indexed condition is served at a time, not all of those on ${list(names)}`;
  }
  return keyIn && indexes.length > 0 ? 'an index cannot be combined with IN on the partition key' : null;
}

/** Decides how Cassandra serves these restrictions, by the rules of its `StatementRestrictions` (4.0 to 5.0). */
export function planAccess(table: TableShape, restrictions: readonly Restriction[]): AccessPlan {
  const unknown = restrictions.find(({ column }) => !table.columns.some(({ name }) => name === column));
  const invalid = unknown ? `there is no column ${unknown.column}` : findClash(restrictions);
  const points = (name: string) =>
    restrictions.filter((restriction) => restriction.column === name && isPoint(restriction));
  const wholeKey = table.partitionKey.every((name) => points(name).length > 0);
  const keyIn = wholeKey && table.partitionKey.some((name) => points(name).some(({ operator }) => operator === 'IN'));
  const clustering = wholeKey ? seekable(table, restrictions) : new Set<string>();
  const byKey = (restriction: Restriction) =>
    clustering.has(restriction.column) ||
    (wholeKey && table.partitionKey.includes(restriction.column) && isPoint(restriction));
  const outcome: Outcome = { keyIn, rest: restrictions.filter((restriction) => !byKey(restriction)) };
  const index = outcome.rest.map((restriction) => indexFor(table, restriction)).find((found) => found !== undefined);
  const scan = index === undefined ? 'ring' : 'index';
  return {
    access: wholeKey ? (keyIn ? 'partitions' : 'partition') : scan,
    index: index?.name ?? null,
    problem: invalid ?? indexProblem(table, restrictions, outcome),
  };
}
