import type { Classification, Cost } from '@/lib/contract/statements';
import { linearShare } from '@/lib/ring/ranges';
import { boundedTokens, parseToken, type TokenBound } from '@/lib/ring/token-bounds';
import { type AccessPlan, planAccess } from './access-plan';
import { vectorIndexOf } from './index-serving';
import { likeForm, type Restriction, type RestrictionOperator } from './restrictions';
import { type Access, isNodeLocalKeyspace, scanOf } from './scans';
import type { SchemaLookup, TableShape } from './schema-lookup';
import { mayAggregate } from './select-functions';
import type { ParsedSelect } from './select-parser';
import type { Relation } from './where-parser';

export type SelectCost = Pick<
  Classification,
  'cost' | 'order' | 'splittable' | 'pageable' | 'ringProgress' | 'warnings'
>;

/** From this many partitions on, the load on one coordinator is high. */
const MANY_PARTITIONS = 100;

interface Found {
  readonly access: Access;
  readonly cost: Cost;
  readonly warnings: readonly string[];
}

const unknown = (...warnings: readonly string[]): Found => ({
  access: 'unknown',
  cost: { scope: 'unknown' },
  warnings,
});

function operatorOf({ form, operator }: Relation): RestrictionOperator {
  if (form === 'element') return operator === '=' ? 'ENTRY' : 'other';
  switch (operator) {
    case '!=':
    case 'NOT IN':
    case 'NOT CONTAINS':
    case 'NOT CONTAINS KEY':
    case 'IS NOT NULL':
      return 'other';
    default:
      return operator;
  }
}

/** A condition's columns and operator, without its values. */
export function restrictionOf(relation: Relation): Restriction {
  const [column = ''] = relation.columns;
  const { pattern } = relation;
  return {
    column,
    operator: operatorOf(relation),
    ...(relation.columns.length > 1 ? { tuple: relation.columns } : {}),
    ...(pattern === null ? {} : { like: likeForm(pattern) }),
  };
}

/** The most partitions that the IN lists of the partition key can name; null if it depends on a bind marker. */
function partitionCount(table: TableShape, relations: readonly Relation[]): number | null {
  let count = 1;
  for (const relation of relations) {
    const isKey = relation.form === 'column' && table.partitionKey.includes(relation.columns[0] ?? '');
    if (!isKey || relation.operator !== 'IN') continue;
    if (relation.valueCount === null) return null;
    count *= relation.valueCount;
  }
  return count;
}

/** The share of the ring between the token() bounds; null if it depends on a bind marker or a function. */
function tokenShare(relations: readonly Relation[]): number | null {
  const bounds: TokenBound[] = [];
  for (const { operator, number } of relations) {
    const token = number === null ? null : parseToken(number);
    if (token === null) return null;
    bounds.push({ operator, token });
  }
  const { from, to } = boundedTokens(bounds);
  return linearShare(from, to);
}

function isTokenRange(table: TableShape, relations: readonly Relation[]): boolean {
  return relations.every(
    ({ operator, columns }) =>
      ['=', '<', '<=', '>', '>='].includes(operator) &&
      columns.length === table.partitionKey.length &&
      columns.every((column, index) => column === table.partitionKey[index]),
  );
}

function costOf(plan: AccessPlan, count: number | null): { access: Access; cost: Cost } {
  switch (plan.access) {
    case 'partition':
      return { access: 'partition', cost: { scope: 'one_partition' } };
    case 'partitions':
      return { access: 'partitions', cost: { scope: 'partitions', count } };
    case 'index':
      return { access: 'index', cost: { scope: 'index', name: plan.index } };
    case 'ring':
      return plan.problem === null
        ? { access: 'ring', cost: { scope: 'whole_ring' } }
        : { access: 'ring_filtering', cost: { scope: 'whole_ring_filtering' } };
    default:
      return plan.access satisfies never;
  }
}

function filteringWarning(plan: AccessPlan): string {
  const what = {
    partition: 'the whole partition',
    partitions: 'each partition',
    index: 'all that the index finds',
    ring: 'the whole ring',
  };
  return `ALLOW FILTERING: Cassandra reads ${what[plan.access]} and discards the rows that do not match (${plan.problem})`;
}

/** Rows by similarity are found by the vector's index, whatever else the statement has. */
function similarity(
  select: ParsedSelect,
  table: TableShape,
  column: string,
  restrictions: readonly Restriction[],
): Found {
  const plan = planAccess(table, restrictions, { ann: column });
  const index = vectorIndexOf(table, column);
  if (index === undefined) return unknown(`ANN OF needs a vector index on ${column}`);
  if (plan.problem !== null && !select.allowsFiltering) return unknown(`Cassandra refuses this: ${plan.problem}`);
  const warnings = select.limit === null ? ['ANN OF needs a LIMIT, below the rows of one page'] : [];
  return { access: 'similarity', cost: { scope: 'index', name: index.name }, warnings };
}

function byToken(
  table: TableShape,
  select: ParsedSelect,
  relations: readonly Relation[],
  restrictions: readonly Restriction[],
): Found {
  const onKey = restrictions.some(({ column }) => table.partitionKey.includes(column));
  if (onKey || !isTokenRange(table, relations))
    return unknown('token() must take the whole partition key, in order, without other conditions on it');
  const plan = planAccess(table, restrictions);
  if (plan.index !== null) return { access: 'index', cost: { scope: 'index', name: plan.index }, warnings: [] };
  if (plan.problem !== null && !select.allowsFiltering) return unknown(`Cassandra refuses this: ${plan.problem}`);
  const warnings = plan.problem === null ? [] : [filteringWarning(plan)];
  return { access: 'ring_share', cost: { scope: 'ring_share', fraction: tokenShare(relations) }, warnings };
}

function inTable(select: ParsedSelect, table: TableShape): Found {
  const tokens = select.relations.filter(({ form }) => form === 'token');
  const relations = select.relations.filter(({ form }) => form !== 'token');
  const restrictions = relations.map(restrictionOf);
  if (select.annColumn !== null) return similarity(select, table, select.annColumn, restrictions);
  if (tokens.length > 0) return byToken(table, select, tokens, restrictions);
  const plan = planAccess(table, restrictions);
  if (plan.problem !== null && !select.allowsFiltering) return unknown(`Cassandra refuses this: ${plan.problem}`);
  const { access, cost } = costOf(plan, partitionCount(table, relations));
  const warnings = plan.problem === null ? [] : [filteringWarning(plan)];
  const isKeyed = access === 'partition' || access === 'partitions';
  if (select.orderBy.length > 0 && !isKeyed) warnings.push('ORDER BY needs the whole partition key with = or IN');
  return { access, cost, warnings };
}

function find(select: ParsedSelect, keyspace: string | undefined, schema: SchemaLookup | undefined): Found {
  const table = keyspace === undefined ? undefined : schema?.table(keyspace, select.table.name);
  if (table?.isVirtual === true || (keyspace !== undefined && isNodeLocalKeyspace(keyspace))) {
    return { access: 'one_node', cost: { scope: 'one_node' }, warnings: ['Answered by one node, about itself'] };
  }
  if (keyspace === undefined) return unknown('The keyspace is missing: choose one, or write keyspace.table');
  if (schema === undefined) return unknown();
  if (table === undefined) return unknown(`There is no table ${keyspace}.${select.table.name}`);
  return inTable(select, table);
}

function aggregateWarning({ scope }: Cost): string[] {
  const isWide =
    scope === 'whole_ring' || scope === 'whole_ring_filtering' || scope === 'ring_share' || scope === 'index';
  return isWide ? ['Every row is read to compute the groups or the aggregate: a large table may time out'] : [];
}

/**
 * What a SELECT costs and how its rows arrive, from its text and the schema. Anything uncertain is `unknown`: the claim is
 * never cheaper than the truth. `ringProgress` is right only with the Murmur3 partitioner.
 */
export function selectCost(
  select: ParsedSelect,
  keyspace: string | undefined,
  schema: SchemaLookup | undefined,
): SelectCost {
  const { access, cost, warnings } = find(select, keyspace, schema);
  const aggregates = select.hasGroupBy || select.functions.some((call) => mayAggregate(call, keyspace, schema));
  const hasOrderBy = select.orderBy.length > 0;
  const scan = scanOf({ access, hasLimit: select.limit !== null, aggregates, hasOrderBy });
  const hasIn = select.relations.some(({ operator }) => operator === 'IN');
  // Without the schema an IN may be on the partition key, and ANN OF is never paged.
  const pageable = access === 'unknown' ? !(hasIn && hasOrderBy) && select.annColumn === null : scan.pageable;
  const more = [...warnings, ...(aggregates ? aggregateWarning(cost) : [])];
  if (access === 'partitions' && hasOrderBy) more.push('IN with ORDER BY cannot be paged: all rows arrive at once');
  if (cost.scope === 'partitions' && cost.count !== null && cost.count > MANY_PARTITIONS) {
    more.push(`${cost.count} partitions in one statement put their whole load on one coordinator`);
  }
  return { cost, ...scan, pageable, warnings: more };
}
