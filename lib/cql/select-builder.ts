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

export interface SelectRequest {
  readonly keyspace: string;
  readonly table: string;
  readonly shape: TableShape;
  /** Columns to read, in this order; absent or empty: all, in the server's order. */
  readonly columns?: readonly string[] | undefined;
  readonly filters: readonly Filter[];
  /** Rows after this token, exclusive: a signed 64-bit integer as text. Bounds in `filters` apply as well. */
  readonly fromToken?: string | undefined;
  /** Rows up to this token, inclusive. */
  readonly toToken?: string | undefined;
  /** Within one partition: reverses the clustering order. */
  readonly reversed?: boolean | undefined;
  /** The user allows Cassandra to read and discard rows that neither key nor index finds. */
  readonly allowFiltering?: boolean | undefined;
}

export interface BuiltSelect {
  /** With a `?` for every value, to be prepared. */
  readonly statement: string;
  readonly params: readonly SelectParam[];
  /** The cost of the rows, if it can be served. */
  readonly cost: Cost;
  /** Their order and how they can be read; `ringProgress` only with the Murmur3 partitioner. */
  readonly scan: Scan;
  /** Why Cassandra would not serve this request, with or without ALLOW FILTERING: `also needs day`. Null if it would. */
  readonly problem: string | null;
  /**
   * Why ALLOW FILTERING is needed, if it helps: `delay is not in the key and has no index`. With a `problem` it is not in the
   * statement yet; otherwise it is.
   */
  readonly needsFiltering: string | null;
  /** Maximum rows; null: all. */
  readonly limit: number | null;
}

/** Default number of rows by similarity. */
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
  if (tokens.length > 0 && !isScan) return 'a token range cannot be combined with a partition key';
  const similar = filters.filter(({ operator }) => operator === 'ANN OF').length;
  if (similar > 1) return 'rows can be ordered by similarity to only one vector';
  if (reversed !== true) return null;
  if (similar > 0) return 'rows ordered by similarity have no order to reverse';
  if (shape.clusteringKey.length === 0) return 'without clustering columns there is no order to reverse';
  return plan.access === 'partition' ? null : 'only the order within one partition can be reversed';
}

/** Reversing ORDER BY of the first clustering column reverses all of them. */
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

/** Filters that Cassandra seeks by come first, in key order, so that the statement reads like the key. */
function inKeyOrder(filters: readonly Filter[], { partitionKey, clusteringKey }: TableShape): Filter[] {
  const key = [...partitionKey, ...clusteringKey];
  const rank = ({ column }: Filter) => (key.includes(column) ? key.indexOf(column) : key.length);
  return filters.toSorted((left, right) => rank(left) - rank(right));
}

/** A statement's text, with a parameter between every two pieces. */
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

/** Joins the pieces of several conditions: the end of one is concatenated with the start of the next. */
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
 * The statement of a table page: the requested columns, filters and token bounds, with a `?` for every value. If Cassandra
 * would serve it only with ALLOW FILTERING and the request does not allow that, it has a `problem` that names what is
 * missing, and is for display only.
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
 * The same statement with its values as literals, to read and copy. `formatLiteral` turns a value of a type into CQL text;
 * an IN is written as `(a, b)`.
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
