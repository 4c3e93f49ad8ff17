import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import type { Cost } from '@/lib/contract/statements';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { linearShare } from '@/lib/ring/ranges';
import { type AccessPlan, planAccess } from './access-plan';
import { qualifiedName, quoteIdentifier } from './identifiers';
import { type Access, isNodeLocalKeyspace, type Scan, scanOf } from './scans';
import type { ColumnShape, TableShape } from './schema-lookup';
import type { CqlType } from './types';

export interface SelectRequest {
  readonly keyspace: string;
  readonly table: string;
  readonly shape: TableShape;
  /** Columns to read, in this order; absent or empty: all, in the server's order. */
  readonly columns?: readonly string[] | undefined;
  readonly filters: readonly Filter[];
  /** Rows behind this token, exclusive: a signed 64-bit integer as text. */
  readonly fromToken?: string | undefined;
  /** Rows up to this token, inclusive. */
  readonly toToken?: string | undefined;
  /** Inside one partition: the clustering order turned round. */
  readonly reversed?: boolean | undefined;
}

/** A value for a `?`, in order. `column` is null for a token bound. */
export interface SelectParam {
  readonly column: string | null;
  readonly value: JsonValue;
  /** The type that the server expects there: for IN a list of the column's type, for CONTAINS that of an element. */
  readonly type: CqlType;
}

export interface BuiltSelect {
  /** With a `?` for every value, to be prepared. */
  readonly statement: string;
  readonly params: readonly SelectParam[];
  /** What the rows cost, where it can be served. */
  readonly cost: Cost;
  /** Their order and how they can be read; `ringProgress` for tables of the Murmur3 partitioner only. */
  readonly scan: Scan;
  /** Why Cassandra would not serve this without ALLOW FILTERING, or at all: `also needs day`. Null when it does. */
  readonly problem: string | null;
}

interface Condition {
  /** With `?` where the parameter goes. */
  readonly text: string;
  readonly param: SelectParam;
}

const BIGINT: CqlType = { kind: 'native', name: 'bigint' };

function isToken(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

function tokenConditions({ shape, fromToken, toToken }: SelectRequest): Condition[] {
  const key = `token(${shape.partitionKey.map(quoteIdentifier).join(', ')})`;
  const bound = (operator: string, value: string): Condition => {
    return { text: `${key} ${operator} ?`, param: { column: null, value, type: BIGINT } };
  };
  return [
    ...(fromToken === undefined ? [] : [bound('>', fromToken)]),
    ...(toToken === undefined ? [] : [bound('<=', toToken)]),
  ];
}

/** The type of a filter's right side; undefined where the operator does not fit the column. */
function operandType(type: CqlType, operator: Filter['operator']): CqlType | undefined {
  switch (operator) {
    case 'IN':
      return { kind: 'list', of: type };
    case 'CONTAINS':
      if (type.kind === 'map') return type.value;
      return type.kind === 'list' || type.kind === 'set' ? type.of : undefined;
    case 'CONTAINS KEY':
      return type.kind === 'map' ? type.key : undefined;
    case '=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return type;
    default:
      return operator satisfies never;
  }
}

function filterCondition({ column, operator, value }: Filter, type: CqlType): Condition {
  return { text: `${quoteIdentifier(column)} ${operator} ?`, param: { column, value, type } };
}

function valueProblem({ column, operator, value }: Filter): string | null {
  if (operator === 'IN') {
    if (!Array.isArray(value)) return `IN takes a list of values for ${column}`;
    return value.length === 0
      ? `IN has no values for ${column}`
      : value.includes(null)
        ? `${column} cannot be null`
        : null;
  }
  return value === null ? `${column} cannot be compared with null` : null;
}

interface Conditions {
  readonly conditions: readonly Condition[];
  readonly problem: string | null;
}

function filterConditions(filters: readonly Filter[], columns: readonly ColumnShape[]): Conditions {
  const conditions: Condition[] = [];
  for (const filter of filters) {
    const column = columns.find(({ name }) => name === filter.column);
    if (column === undefined) return { conditions, problem: `there is no column ${filter.column}` };
    const type = operandType(column.type, filter.operator);
    if (type === undefined) return { conditions, problem: `${filter.operator} does not fit ${filter.column}` };
    conditions.push(filterCondition(filter, type));
    const problem = valueProblem(filter);
    if (problem !== null) return { conditions, problem };
  }
  return { conditions, problem: null };
}

function requestProblem(request: SelectRequest, plan: AccessPlan): string | null {
  const { shape, columns = [], fromToken, toToken, reversed } = request;
  const unknown = columns.find((name) => !shape.columns.some((column) => column.name === name));
  if (unknown !== undefined) return `there is no column ${unknown}`;
  const tokens = [fromToken, toToken].filter((token) => token !== undefined);
  if (tokens.some((token) => !isToken(token))) return 'a token is a signed 64-bit integer';
  const isScan = plan.access === 'ring' || plan.access === 'index';
  if (tokens.length > 0 && !isScan) return 'a range of tokens does not go with a partition key';
  if (reversed !== true) return null;
  if (shape.clusteringKey.length === 0) return 'without clustering columns there is no order to reverse';
  return plan.access === 'partition' ? null : 'only the order inside one partition can be reversed';
}

/** ORDER BY the first clustering column the other way round turns all of them. */
function orderBy(shape: TableShape): string {
  const [first = ''] = shape.clusteringKey;
  const isDescending = shape.columns.find(({ name }) => name === first)?.clusteringOrder === 'desc';
  return ` ORDER BY ${quoteIdentifier(first)} ${isDescending ? 'ASC' : 'DESC'}`;
}

function partitionCount(shape: TableShape, filters: readonly Filter[]): number {
  return filters
    .filter(({ column, operator }) => operator === 'IN' && shape.partitionKey.includes(column))
    .reduce((count, { value }) => count * (Array.isArray(value) ? value.length : 1), 1);
}

function costAndScan(plan: AccessPlan, request: SelectRequest): Pick<BuiltSelect, 'cost' | 'scan'> {
  const { keyspace, shape, filters, fromToken, toToken } = request;
  const found = (access: Access, cost: Cost) => {
    return {
      cost,
      scan: scanOf({ access, hasLimit: false, aggregates: false, hasOrderBy: request.reversed === true }),
    };
  };
  if (shape.isVirtual || isNodeLocalKeyspace(keyspace)) return found('one_node', { scope: 'one_node' });
  switch (plan.access) {
    case 'partition':
      return found('partition', { scope: 'one_partition' });
    case 'partitions':
      return found('partitions', { scope: 'partitions', count: partitionCount(shape, filters) });
    case 'index':
      return found('index', { scope: 'index', name: plan.index });
    case 'ring':
      if (fromToken === undefined && toToken === undefined) return found('ring', { scope: 'whole_ring' });
      return found('ring_share', { scope: 'ring_share', fraction: tokenShare(fromToken, toToken) });
    default:
      return plan.access satisfies never;
  }
}

function tokenShare(fromToken = String(MIN_TOKEN), toToken = String(MAX_TOKEN)): number | null {
  return isToken(fromToken) && isToken(toToken) ? linearShare(BigInt(fromToken), BigInt(toToken)) : null;
}

/** Filters that Cassandra seeks by come first and in key order, so that the statement reads as the key does. */
function inKeyOrder(filters: readonly Filter[], { partitionKey, clusteringKey }: TableShape): Filter[] {
  const key = [...partitionKey, ...clusteringKey];
  const rank = ({ column }: Filter) => (key.includes(column) ? key.indexOf(column) : key.length);
  return filters.toSorted((left, right) => rank(left) - rank(right));
}

function assemble(
  request: SelectRequest,
  conditions: readonly Condition[],
  placeholder: (condition: Condition) => string,
): string {
  const { keyspace, table, shape, columns = [], reversed } = request;
  const selection = columns.length === 0 ? '*' : columns.map(quoteIdentifier).join(', ');
  const where = conditions.map(placeholder).join(' AND ');
  const order = reversed === true && shape.clusteringKey.length > 0 ? orderBy(shape) : '';
  return `SELECT ${selection} FROM ${qualifiedName(keyspace, table)}${where === '' ? '' : ` WHERE ${where}`}${order}`;
}

/**
 * The statement behind a table page: the columns, filters and token bounds asked for, every value a `?`. What Cassandra
 * would serve only with ALLOW FILTERING comes with a `problem` that names what is missing; it is for showing then, not
 * for running.
 */
export function buildSelect(request: SelectRequest): BuiltSelect {
  const filters = inKeyOrder(request.filters, request.shape);
  const { conditions, problem } = filterConditions(filters, request.shape.columns);
  const plan = planAccess(request.shape, filters);
  const all = [...conditions, ...tokenConditions(request)];
  return {
    statement: assemble(request, all, ({ text }) => text),
    params: all.map(({ param }) => param),
    ...costAndScan(plan, request),
    problem: problem ?? requestProblem(request, plan) ?? plan.problem,
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
  const filters = inKeyOrder(request.filters, request.shape);
  const { conditions } = filterConditions(filters, request.shape.columns);
  const literal = ({ value, type }: SelectParam, isIn: boolean): string =>
    isIn && Array.isArray(value) && type.kind === 'list'
      ? `(${value.map((one) => formatLiteral(one, type.of)).join(', ')})`
      : formatLiteral(value, type);
  return assemble(request, [...conditions, ...tokenConditions(request)], ({ text, param }) => {
    return `${text.slice(0, -1)}${literal(param, text.endsWith(' IN ?'))}`;
  });
}
