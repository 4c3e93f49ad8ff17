import type { Refusal } from '@/lib/contract/statements';
import { addConditions, list, refusal, unknownName } from './refusals';
import type { ColumnShape, TableShape } from './schema-lookup';
import type { Relation } from './where-parser';
import type { NamedColumn, ParsedWrite } from './write-parser';

/** How much of its table a write touches, by the rules of `ModificationStatement` and its restrictions (4.0 to 5.0). */
export interface Reach {
  readonly scope: 'rows' | 'range' | 'partitions' | 'static';
  /** The most rows; null: a range, whole partitions, or as many as a parameter holds. */
  readonly rows: number | null;
  readonly partitions: number | null;
  /** The values of the partition key as written, to compare with others; null where the text does not say. */
  readonly key: string | null;
  readonly isCounter: boolean;
}

export type ReachOrRefusal = { readonly reach: Reach } | { readonly refused: Refusal };

const refuse = (problem: string, write: ParsedWrite, ...suggestions: Refusal['suggestions']): ReachOrRefusal => ({
  refused: refusal(problem, write.keyRange ?? write.tableRange, suggestions),
});

const areOrIs = (names: readonly string[]) => (names.length === 1 ? 'is' : 'are');

/** What a write touches in this table, or why Cassandra refuses it. */
export function reachOf(write: ParsedWrite, table: TableShape): ReachOrRefusal {
  const refused = wrongTable(write, table) ?? wrongColumn(write, table) ?? wrongCounter(write, table);
  if (refused !== null) return { refused };
  return write.verb === 'insert' ? reachOfInsert(write, table) : reachOfConditions(write, table);
}

function wrongTable(write: ParsedWrite, table: TableShape): Refusal | null {
  if (!table.isView) return null;
  return refusal('a materialized view is written through its table alone', write.tableRange);
}

function wrongColumn(write: ParsedWrite, table: TableShape): Refusal | null {
  const names = table.columns.map(({ name }) => name);
  const unknown = write.columns.find(({ name }) => !names.includes(name));
  if (unknown !== undefined) {
    return unknownName(`there is no column ${unknown.name}`, unknown.token, unknown.name, names);
  }
  const isKey = ({ name }: NamedColumn) => table.partitionKey.includes(name) || table.clusteringKey.includes(name);
  const key = write.verb === 'insert' ? undefined : write.columns.find(isKey);
  if (key === undefined) return null;
  const range = { from: key.token.start, to: key.token.end };
  const what = write.verb === 'update' ? 'which never changes' : 'and only whole rows lose that';
  return refusal(`${key.name} is part of the key, ${what}`, range);
}

function isCounterColumn({ type }: ColumnShape): boolean {
  return type.kind === 'native' && type.name === 'counter';
}

function wrongCounter(write: ParsedWrite, table: TableShape): Refusal | null {
  if (!table.columns.some(isCounterColumn)) return null;
  if (write.verb === 'insert') {
    return refusal('a table of counters takes no INSERT: use UPDATE … SET c = c + 1', write.tableRange);
  }
  if (write.isConditional) return refusal('a table of counters takes no IF', write.keyRange);
  const set = write.verb === 'update' ? write.columns.find(({ isIncrement }) => !isIncrement) : undefined;
  if (set === undefined) return null;
  const range = { from: set.token.start, to: set.token.end };
  return refusal(`a counter is never set, only changed: ${set.name} = ${set.name} + 1`, range);
}

function kindOf(table: TableShape, name: string): ColumnShape['kind'] | undefined {
  return table.columns.find((column) => column.name === name)?.kind;
}

function changesStaticsOnly({ columns }: ParsedWrite, table: TableShape): boolean {
  const written = columns.filter(({ name }) => !/key|clustering/.test(kindOf(table, name) ?? ''));
  return written.length > 0 && written.every(({ name }) => kindOf(table, name) === 'static');
}

function isCounterTable(table: TableShape): boolean {
  return table.columns.some(isCounterColumn);
}

function reachOfInsert(write: ParsedWrite, table: TableShape): ReachOrRefusal {
  const given = new Map(write.columns.map(({ name, literal }) => [name, literal]));
  const missing = (names: readonly string[]) => names.filter((name) => !given.has(name));
  const partition = missing(table.partitionKey);
  if (partition.length > 0)
    return refuse(`an INSERT names the whole key: ${list(partition)} ${areOrIs(partition)} missing`, write);
  const clustering = missing(table.clusteringKey);
  const literals = table.partitionKey.map((name) => given.get(name) ?? null);
  const base = { partitions: 1, key: keyText(literals), isCounter: false };
  if (clustering.length === 0) return { reach: { scope: 'rows', rows: 1, ...base } };
  const isWholePartition = clustering.length === table.clusteringKey.length;
  if (isWholePartition && changesStaticsOnly(write, table)) return { reach: { scope: 'static', rows: 0, ...base } };
  return refuse(`an INSERT names the whole key: ${list(clustering)} ${areOrIs(clustering)} missing`, write);
}

/** Null where a value is not in the text. */
function keyText(literals: readonly (string | null)[]): string | null {
  return literals.includes(null) ? null : JSON.stringify(literals);
}

const isPoint = ({ operator }: Relation) => operator === '=' || operator === 'IN';
const SLICES: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'BETWEEN']);

function reachOfConditions(write: ParsedWrite, table: TableShape): ReachOrRefusal {
  const { relations } = write;
  const wrong = wrongCondition(write, table);
  if (wrong !== null) return { refused: wrong };
  const onKey = relations.filter(({ columns }) => columns.some((name) => table.partitionKey.includes(name)));
  const missing = table.partitionKey.filter((name) => !onKey.some(({ columns }) => columns.includes(name)));
  if (missing.length > 0) {
    const problem = `it needs the whole partition key (${table.partitionKey.join(', ')}): ${list(missing)} ${areOrIs(missing)} missing`;
    return refuse(problem, write, addConditions(missing, write.keyRange, write.end));
  }
  const partitions = countOf(onKey);
  const literals = table.partitionKey.map((name) => onKey.find(({ columns }) => columns[0] === name)?.literal ?? null);
  const key = onKey.every(({ operator }) => operator === '=') ? keyText(literals) : null;
  return withinPartitions(write, table, { partitions, key, isCounter: isCounterTable(table) });
}

/** The product of the lengths of IN lists; null where one is a parameter. */
function countOf(relations: readonly Relation[]): number | null {
  return relations.reduce<number | null>((count, { operator, valueCount }) => {
    if (operator !== 'IN') return count;
    return count === null || valueCount === null ? null : count * valueCount;
  }, 1);
}

/** A condition that a write cannot have. */
function wrongCondition(write: ParsedWrite, table: TableShape): Refusal | null {
  const names = table.columns.map(({ name }) => name);
  for (const { form, columns, operator, valueCount } of write.relations) {
    const [name = ''] = columns;
    const unknown = columns.find((column) => !names.includes(column));
    if (unknown !== undefined) return refusal(`there is no column ${unknown}`, write.keyRange);
    if (form === 'token') return refusal('a write takes no token()', write.keyRange);
    const isPartition = table.partitionKey.includes(name);
    if (!isPartition && !columns.every((column) => table.clusteringKey.includes(column))) {
      return refusal(`${name} is not in the key, and a write finds its rows by the key alone`, write.keyRange);
    }
    if (operator !== '=' && operator !== 'IN' && (isPartition || !SLICES.has(operator))) {
      const allowed = isPartition ? 'the partition key takes only = and IN' : `${name} cannot be found by ${operator}`;
      return refusal(allowed, write.keyRange);
    }
    if (write.isConditional && operator === 'IN' && valueCount !== null && valueCount > 1) {
      return refusal('a conditional write takes one value for each column of the key, so no IN', write.keyRange);
    }
  }
  return null;
}

type InPartitions = Pick<Reach, 'partitions' | 'key' | 'isCounter'>;

function withinPartitions(write: ParsedWrite, table: TableShape, base: InPartitions): ReachOrRefusal {
  const { partitions } = base;
  const onClustering = write.relations.filter(({ columns }) => !table.partitionKey.includes(columns[0] ?? ''));
  const staticsOnly = changesStaticsOnly(write, table);
  const given = new Set(onClustering.flatMap(({ columns }) => columns));
  if (staticsOnly && given.size > 0 && !write.isConditional) {
    return refuse('static columns belong to the partition: a write of them alone takes no clustering column', write);
  }
  if (staticsOnly && given.size === 0) return { reach: { scope: 'static', rows: 0, ...base } };
  const gap = table.clusteringKey.find(
    (name, at) => !given.has(name) && table.clusteringKey.slice(at).some((later) => given.has(later)),
  );
  if (gap !== undefined)
    return refuse(`${list([...given])} also needs ${gap}`, write, addConditions([gap], write.keyRange, write.end));
  const sliced = onClustering.find(({ operator }) => SLICES.has(operator));
  const after =
    sliced &&
    table.clusteringKey
      .slice(table.clusteringKey.indexOf(sliced.columns.at(-1) ?? '') + 1)
      .find((name) => given.has(name) && !sliced.columns.includes(name));
  if (after !== undefined)
    return refuse(`${after} takes a condition only where the columns before it have = or IN`, write);
  const missing = table.clusteringKey.filter((name) => !given.has(name));
  const isWhole = missing.length === 0 && onClustering.every(isPoint);
  const inside = countOf(onClustering);
  if (isWhole) {
    const rows = inside === null || partitions === null ? null : inside * partitions;
    return { reach: { scope: 'rows', rows, ...base } };
  }
  if (write.verb === 'update' || write.columns.length > 0 || write.isConditional) {
    return notOneRow(write, missing);
  }
  return { reach: { scope: given.size === 0 ? 'partitions' : 'range', rows: null, ...base } };
}

/** Only a DELETE of whole rows takes a range. */
function notOneRow(write: ParsedWrite, missing: readonly string[]): ReachOrRefusal {
  const what =
    write.verb === 'update' ? 'an UPDATE' : write.isConditional ? 'a conditional DELETE' : 'a DELETE of columns';
  if (missing.length === 0) return refuse(`${what} takes only = and IN for the clustering columns`, write);
  const problem = `${what} names its rows by the whole key: ${list(missing)} ${areOrIs(missing)} missing`;
  return refuse(problem, write, addConditions(missing, write.keyRange, write.end));
}
