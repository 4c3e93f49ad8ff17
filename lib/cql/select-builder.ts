import { type Filter, MOST_SIMILAR_ROWS } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import type { Cost } from '@/lib/contract/statements';
import { type AccessPlan, planAccess } from './access-plan';
import { qualifiedName, quoteIdentifier } from './identifiers';
import { type Access, isNodeLocalKeyspace, type Scan, scanOf } from './scans';
import type { TableShape } from './schema-lookup';
import { type Condition, conditionsOf, restrictionOf, type SelectParam } from './select-filters';
import { isToken, tokenBounds, tokenConditions, tokenShare } from './select-tokens';
import type { CqlType } from './types';

export type { SelectParam } from './select-filters';

export interface SelectRequest {
  readonly keyspace: string;
  readonly table: string;
  readonly shape: TableShape;
  /** Columns to read, in this order; absent or empty: all, in the server's order. */
  readonly columns?: readonly string[] | undefined;
  readonly filters: readonly Filter[];
  /** Rows behind this token, exclusive: a signed 64-bit integer as text. Bounds in `filters` hold as well. */
  readonly fromToken?: string | undefined;
  /** Rows up to this token, inclusive. */
  readonly toToken?: string | undefined;
  /** Inside one partition: the clustering order turned round. */
  readonly reversed?: boolean | undefined;
  /** Somebody chose to have Cassandra read and drop what neither key nor index finds. */
  readonly allowFiltering?: boolean | undefined;
}

export interface BuiltSelect {
  /** With a `?` for every value, to be prepared. */
  readonly statement: string;
  readonly params: readonly SelectParam[];
  /** What the rows cost, where it can be served. */
  readonly cost: Cost;
  /** Their order and how they can be read; `ringProgress` for tables of the Murmur3 partitioner only. */
  readonly scan: Scan;
  /** Why Cassandra would not serve this as asked, with ALLOW FILTERING or without: `also needs day`. Null when it does. */
  readonly problem: string | null;
  /**
   * Why ALLOW FILTERING is needed, where it helps: `delay is not in the key and has no index`. Beside a `problem` it is
   * not in the statement yet; else it is.
   */
  readonly needsFiltering: string | null;
  /** Rows at most; null: all there are. */
  readonly limit: number | null;
}

/** Rows by similarity, when nobody says how many. */
const SIMILAR_ROWS = 100;

interface Ann {
  readonly column: string;
  readonly param: SelectParam;
  readonly limit: number;
}

function annOf({ filters, shape }: SelectRequest): Ann | undefined {
  const filter = filters.find(({ operator }) => operator === 'ANN OF');
  const type = shape.columns.find(({ name }) => name === filter?.column)?.type;
  if (filter === undefined || type === undefined) return undefined;
  const { column, value, limit = SIMILAR_ROWS } = filter;
  return { column, param: { column, value, type }, limit: Math.min(Math.trunc(limit), MOST_SIMILAR_ROWS) };
}

function requestProblem(request: SelectRequest, plan: AccessPlan): string | null {
  const { shape, filters, columns = [], reversed } = request;
  const unknown = columns.find((name) => !shape.columns.some((column) => column.name === name));
  if (unknown !== undefined) return `there is no column ${unknown}`;
  const tokens = Object.values(tokenBounds(request)).filter((token) => token !== undefined);
  if (tokens.some((token) => !isToken(token))) return 'a token is a signed 64-bit integer';
  const isScan = plan.access === 'ring' || plan.access === 'index';
  if (tokens.length > 0 && !isScan) return 'a range of tokens does not go with a partition key';
  const similar = filters.filter(({ operator }) => operator === 'ANN OF').length;
  if (similar > 1) return 'rows are ordered by the similarity to one vector only';
  if (reversed !== true) return null;
  if (similar > 0) return 'rows ordered by similarity have no order to reverse';
  if (shape.clusteringKey.length === 0) return 'without clustering columns there is no order to reverse';
  return plan.access === 'partition' ? null : 'only the order inside one partition can be reversed';
}

/** ORDER BY the first clustering column the other way round turns all of them. */
function reversedOrder(shape: TableShape): string {
  const [first = ''] = shape.clusteringKey;
  const isDescending = shape.columns.find(({ name }) => name === first)?.clusteringOrder === 'desc';
  return ` ORDER BY ${quoteIdentifier(first)} ${isDescending ? 'ASC' : 'DESC'}`;
}

function partitionCount(shape: TableShape, filters: readonly Filter[]): number {
  return filters
    .filter(({ column, operator }) => operator === 'IN' && shape.partitionKey.includes(column))
    .reduce((count, { value }) => count * (Array.isArray(value) ? value.length : 1), 1);
}

function costAndScan(plan: AccessPlan, request: SelectRequest, ann: Ann | undefined, filtering: boolean) {
  const { keyspace, shape, filters } = request;
  const found = (access: Access, cost: Cost): Pick<BuiltSelect, 'cost' | 'scan'> => {
    const hasOrderBy = request.reversed === true;
    return { cost, scan: scanOf({ access, hasLimit: ann !== undefined, aggregates: false, hasOrderBy }) };
  };
  if (shape.isVirtual || isNodeLocalKeyspace(keyspace)) return found('one_node', { scope: 'one_node' });
  if (ann !== undefined) return found('similarity', { scope: 'index', name: plan.index });
  switch (plan.access) {
    case 'partition':
      return found('partition', { scope: 'one_partition' });
    case 'partitions':
      return found('partitions', { scope: 'partitions', count: partitionCount(shape, filters) });
    case 'index':
      return found('index', { scope: 'index', name: plan.index });
    case 'ring': {
      const bounds = tokenBounds(request);
      const isWhole = bounds.from === undefined && bounds.to === undefined;
      if (!isWhole) return found('ring_share', { scope: 'ring_share', fraction: tokenShare(bounds) });
      return filtering
        ? found('ring_filtering', { scope: 'whole_ring_filtering' })
        : found('ring', { scope: 'whole_ring' });
    }
    default:
      return plan.access satisfies never;
  }
}

/** Filters that Cassandra seeks by come first and in key order, so that the statement reads as the key does. */
function inKeyOrder(filters: readonly Filter[], { partitionKey, clusteringKey }: TableShape): Filter[] {
  const key = [...partitionKey, ...clusteringKey];
  const rank = ({ column }: Filter) => (key.includes(column) ? key.indexOf(column) : key.length);
  return filters.toSorted((left, right) => rank(left) - rank(right));
}

/** A statement's text with a parameter between each two pieces. */
interface Template {
  readonly pieces: readonly string[];
  readonly params: readonly SelectParam[];
  readonly problem: string | null;
}

function templateOf(request: SelectRequest, ann: Ann | undefined, filtering: boolean): Template {
  const { keyspace, table, shape, columns = [], reversed } = request;
  const { conditions, problem } = conditionsOf(inKeyOrder(request.filters, shape), shape);
  const all = [...conditions, ...tokenConditions(shape, tokenBounds(request))];
  const selection = columns.length === 0 ? '*' : columns.map(quoteIdentifier).join(', ');
  const parts: Condition[] = [{ parts: [`SELECT ${selection} FROM ${qualifiedName(keyspace, table)}`], params: [] }];
  for (const [
    index,
    {
      parts: [first = '', ...rest],
      params,
    },
  ] of all.entries()) {
    parts.push({ parts: [`${index === 0 ? ' WHERE' : ' AND'} ${first}`, ...rest], params });
  }
  if (ann !== undefined) {
    const by = [` ORDER BY ${quoteIdentifier(ann.column)} ANN OF `, ` LIMIT ${ann.limit}`];
    parts.push({ parts: by, params: [ann.param] });
  } else if (reversed === true && shape.clusteringKey.length > 0) {
    parts.push({ parts: [reversedOrder(shape)], params: [] });
  }
  if (filtering) parts.push({ parts: [' ALLOW FILTERING'], params: [] });
  return { pieces: joined(parts), params: parts.flatMap(({ params }) => params), problem };
}

/** Pieces of several conditions as those of one: what ends a condition stands before what begins the next. */
function joined(conditions: readonly Condition[]): string[] {
  const pieces = [''];
  for (const { parts } of conditions) {
    const [first = '', ...rest] = parts;
    pieces.push(`${pieces.pop()}${first}`, ...rest);
  }
  return pieces;
}

function filled(pieces: readonly string[], valueAt: (index: number) => string): string {
  return pieces.map((piece, index) => (index === 0 ? piece : `${valueAt(index - 1)}${piece}`)).join('');
}

function planOf({ shape, filters }: SelectRequest, ann: Ann | undefined): AccessPlan {
  const restrictions = filters.flatMap((filter) => restrictionOf(filter) ?? []);
  return planAccess(shape, restrictions, { ann: ann?.column });
}

/**
 * The statement behind a table page: the columns, filters and token bounds asked for, every value a `?`. What Cassandra
 * would serve only with ALLOW FILTERING comes with a `problem` that names what is missing, unless the request allows it;
 * it is for showing then, not for running.
 */
export function buildSelect(request: SelectRequest): BuiltSelect {
  const ann = annOf(request);
  const plan = planOf(request, ann);
  const filtering = request.allowFiltering === true && plan.filterable;
  const { pieces, params, problem } = templateOf(request, ann, filtering);
  const unservable = problem ?? requestProblem(request, plan);
  return {
    statement: filled(pieces, () => '?'),
    params,
    ...costAndScan(plan, request, ann, filtering),
    problem: unservable ?? (filtering ? null : plan.problem),
    needsFiltering: unservable === null && plan.filterable ? plan.problem : null,
    limit: ann?.limit ?? null,
  };
}

/**
 * The same statement with its values written out, for a person to read and copy. `formatLiteral` turns a value of a type
 * into CQL text; an IN is written as `(a, b)`.
 */
export function displaySelect(
  request: SelectRequest,
  formatLiteral: (value: JsonValue, type: CqlType) => string,
): string {
  const ann = annOf(request);
  const filtering = request.allowFiltering === true && planOf(request, ann).filterable;
  const { pieces, params } = templateOf(request, ann, filtering);
  return filled(pieces, (index) => {
    const param = params[index];
    if (param === undefined) return '?';
    const isIn = pieces[index]?.endsWith(' IN ') === true && param.type.kind === 'list';
    return isIn && Array.isArray(param.value) && param.type.kind === 'list'
      ? `(${listed(param.value, param.type.of, formatLiteral)})`
      : formatLiteral(param.value, param.type);
  });
}

function listed(
  values: readonly JsonValue[],
  type: CqlType,
  formatLiteral: (value: JsonValue, type: CqlType) => string,
): string {
  return values.map((value) => formatLiteral(value, type)).join(', ');
}
