import { isFilterable } from './filterable';
import { indexFor, vectorIndexOf } from './index-serving';
import { columnsOf, findClash, isPoint, isRange, type Restriction } from './restrictions';
import type { IndexShape, TableShape } from './schema-lookup';

/** How Cassandra would serve restrictions joined by AND. */
export interface AccessPlan {
  readonly access: 'partition' | 'partitions' | 'index' | 'ring';
  /** The index used, if any. */
  readonly index: string | null;
  /** Null if it is served as is; otherwise why Cassandra requires ALLOW FILTERING or refuses, in words for people. */
  readonly problem: string | null;
  /** For a problem: whether Cassandra would serve it with ALLOW FILTERING. */
  readonly filterable: boolean;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The clustering columns that Cassandra can seek by, given a whole partition key: = or IN in order, then one range. */
function seekable(table: TableShape, restrictions: readonly Restriction[]): Set<string> {
  const columns = new Set<string>();
  let at = 0;
  while (at < table.clusteringKey.length) {
    const name = table.clusteringKey[at] ?? '';
    const on = restrictions.filter(({ column }) => column === name);
    const isServed = on.length > 0 && on.every((restriction) => isPoint(restriction) || isRange(restriction));
    if (!isServed) break;
    for (const covered of on.flatMap(columnsOf)) columns.add(covered);
    if (on.some(isRange)) break;
    at += on[0] === undefined ? 1 : columnsOf(on[0]).length;
  }
  return columns;
}

function missingBefore(table: TableShape, restrictions: readonly Restriction[], column: string): string[] {
  const has = (name: string) =>
    restrictions.some((restriction) => columnsOf(restriction).includes(name) && isPoint(restriction));
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
    return indexed ? `the index on ${column} does not serve ${wordsOf(restriction)}` : withoutIndex(restriction);
  }
  if (!isPoint(restriction) && !isRange(restriction)) return `${column} cannot be found by ${operator}`;
  const missing = missingBefore(table, restrictions, column);
  const ranged = missing.filter((name) => restrictions.some((other) => columnsOf(other).includes(name)));
  if (ranged.length > 0) return `${column} can be filtered only where ${list(ranged)} has one value (= or IN)`;
  return `also needs ${list(missing)}`;
}

function withoutIndex({ column, operator }: Restriction): string {
  return operator === 'LIKE' ? `LIKE needs a SASI index on ${column}` : `${column} is not in the key and has no index`;
}

function wordsOf({ operator, like }: Restriction): string {
  if (operator === 'ENTRY') return 'entries by key and value';
  const inner = { prefix: 'LIKE', matches: 'LIKE', suffix: 'LIKE ‘%…’', contains: 'LIKE ‘%…%’' } as const;
  return operator === 'LIKE' && like !== undefined ? inner[like] : operator;
}

interface KeyAccess {
  readonly keyIn: boolean;
  /** What the key does not serve. */
  readonly rest: readonly Restriction[];
  /** The index that orders by similarity. */
  readonly vector: IndexShape | undefined;
}

const BESIDE_IN = 'an index cannot be combined with IN on the partition key';

function indexProblem(
  table: TableShape,
  restrictions: readonly Restriction[],
  { keyIn, rest, vector }: KeyAccess,
): string | null {
  const unindexed = rest.filter((restriction) => indexFor(table, restriction) === undefined);
  const isPlain = ({ column }: Restriction) =>
    !table.partitionKey.includes(column) && !table.clusteringKey.includes(column);
  const worst = unindexed.find(isPlain) ?? unindexed[0];
  if (worst !== undefined) return describeUnserved(table, restrictions, worst);
  const indexed = rest.filter((restriction) => !isSecondEnd(rest, restriction));
  const indexes = [
    ...(vector ? [vector] : []),
    ...indexed.flatMap((restriction) => indexFor(table, restriction) ?? []),
  ];
  if (indexes.length > 1 && indexes.some((index) => index.kind !== 'sai')) {
    const names = [...new Set(indexes.map(({ column }) => column))];
    return `only one indexed condition can be served at a time, not all of those on ${list(names)}`;
  }
  return keyIn && indexes.length > 0 ? BESIDE_IN : null;
}

/** The other end of a range does not count as a second condition. */
function isSecondEnd(rest: readonly Restriction[], restriction: Restriction): boolean {
  if (!isRange(restriction)) return false;
  return rest.find((other) => other.column === restriction.column && isRange(other)) !== restriction;
}

/** Why Cassandra would refuse it in any case. */
function invalidity(table: TableShape, restrictions: readonly Restriction[]): string | null {
  const unknown = restrictions.flatMap(columnsOf).find((name) => !table.columns.some((column) => column.name === name));
  if (unknown !== undefined) return `there is no column ${unknown}`;
  const isInOrder = ({ tuple = [] }: Restriction) => {
    const from = table.clusteringKey.indexOf(tuple[0] ?? '');
    return tuple.every((name, index) => from >= 0 && table.clusteringKey[from + index] === name);
  };
  if (!restrictions.every(isInOrder)) return 'a tuple takes adjacent clustering columns in order';
  return findClash(restrictions);
}

interface PlanOptions {
  /** The column whose similarity orders the rows. */
  readonly ann?: string | undefined;
}

/** Decides how Cassandra serves these restrictions, by the rules of its `StatementRestrictions` (4.0 to 5.0). */
export function planAccess(
  table: TableShape,
  restrictions: readonly Restriction[],
  { ann }: PlanOptions = {},
): AccessPlan {
  const invalid = invalidity(table, restrictions);
  const points = (name: string) =>
    restrictions.filter((restriction) => restriction.column === name && isPoint(restriction));
  const wholeKey = table.partitionKey.every((name) => points(name).length > 0);
  const keyIn = wholeKey && table.partitionKey.some((name) => points(name).some(({ operator }) => operator === 'IN'));
  const clustering = wholeKey ? seekable(table, restrictions) : new Set<string>();
  const byKey = (restriction: Restriction) =>
    clustering.has(restriction.column) ||
    (wholeKey && table.partitionKey.includes(restriction.column) && isPoint(restriction));
  const vector = ann === undefined ? undefined : vectorIndexOf(table, ann);
  const outcome: KeyAccess = { keyIn, rest: restrictions.filter((restriction) => !byKey(restriction)), vector };
  const found = outcome.rest.map((restriction) => indexFor(table, restriction)).find((one) => one !== undefined);
  const index = vector ?? found;
  const anyIn = restrictions.some(({ column, operator }) => operator === 'IN' && table.partitionKey.includes(column));
  const access = wholeKey ? (keyIn ? 'partitions' : 'partition') : index === undefined ? 'ring' : 'index';
  const problem = invalid ?? indexProblem(table, restrictions, outcome);
  const similar = ann === undefined ? null : similarityProblem(table, outcome, ann);
  const isRead =
    invalid === null && similar === null && !(anyIn && index !== undefined) && isFilterable(table, restrictions);
  return { access, index: index?.name ?? null, problem: similar ?? problem, filterable: problem !== null && isRead };
}

/** ANN OF reads the vector's index: conditions without an index of their own are refused, even with ALLOW FILTERING. */
function similarityProblem(table: TableShape, { keyIn, rest, vector }: KeyAccess, ann: string): string | null {
  if (vector === undefined) return `ANN OF needs a vector index on ${ann}`;
  if (keyIn) return BESIDE_IN;
  const unindexed = rest.find(({ column }) => !table.indexes.some((index) => index.column === column));
  return unindexed === undefined ? null : `with ANN OF every filter needs an index: ${unindexed.column} has none`;
}
