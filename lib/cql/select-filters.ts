import { OPERATORS } from '@/lib/contract/filter-operators';
import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import { quoteIdentifier } from './identifiers';
import { NATIVE } from './native-types';
import { likeForm, type Restriction } from './restrictions';
import type { TableShape } from './schema-lookup';
import type { CqlType } from './types';

/** A value for a `?`, in order. `column` is null for a token bound. */
export interface SelectParam {
  readonly column: string | null;
  readonly value: JsonValue;
  /** The type that the server expects: for IN a list of the column's type, for CONTAINS the element's type. */
  readonly type: CqlType;
}

/** One condition: text with a parameter between every two parts. */
export interface Condition {
  readonly parts: readonly string[];
  readonly params: readonly SelectParam[];
}

/** A filter without its value. */
export type FilterForm = Pick<Filter, 'column' | 'tuple' | 'operator' | 'key'>;

const TEXT: CqlType = { kind: 'native', name: 'text' };
export const TOKEN_TYPE: CqlType = { kind: 'native', name: 'bigint' };

/** True for plain WHERE conditions: neither a token bound nor an order by similarity. */
function isCondition({ operator }: Pick<Filter, 'operator'>): boolean {
  return OPERATORS[operator].place === 'where';
}

/** The type of the whole left side: a column's, or a tuple of several. */
function leftType({ columns }: TableShape, { column, tuple = [] }: FilterForm): CqlType | undefined {
  const types = [column, ...tuple].map((name) => columns.find((one) => one.name === name)?.type);
  const known = types.filter((type) => type !== undefined);
  if (known.length < types.length) return undefined;
  return tuple.length === 0 ? known[0] : { kind: 'tuple', of: known };
}

/**
 * The type of one value on the right of a filter; undefined if the operator does not fit the column, or the column does not
 * exist. An IN takes a list of them.
 */
export function operandType(shape: TableShape, form: FilterForm): CqlType | undefined {
  const type = leftType(shape, form);
  if (type === undefined) return undefined;
  if (form.key !== undefined) return type.kind === 'map' && form.operator === '=' ? type.value : undefined;
  const { operand } = OPERATORS[form.operator];
  switch (operand) {
    case 'element':
      if (type.kind === 'map') return type.value;
      return type.kind === 'list' || type.kind === 'set' ? type.of : undefined;
    case 'key':
      return type.kind === 'map' ? type.key : undefined;
    case 'pattern':
      return type.kind === 'native' && NATIVE[type.name].face === 'text' ? TEXT : undefined;
    case 'vector':
      return type.kind === 'vector' ? type : undefined;
    case 'token':
      return form.column === shape.partitionKey[0] ? TOKEN_TYPE : undefined;
    case 'whole':
      return type;
    default:
      return operand satisfies never;
  }
}

/** The filter without its value, for planning; undefined if it is not a condition. */
export function restrictionOf(filter: Filter): Restriction | undefined {
  const { column, tuple, operator, key, value } = filter;
  switch (operator) {
    case 'ANN OF':
    case 'TOKEN >':
    case 'TOKEN <=':
      return undefined;
    case 'LIKE':
      return { column, operator, ...(typeof value === 'string' ? { like: likeForm(value) } : {}) };
    case '=':
      return key === undefined ? { column, operator, ...tupleOf(column, tuple) } : { column, operator: 'ENTRY' };
    default:
      return { column, operator, ...tupleOf(column, tuple) };
  }
}

function tupleOf(column: string, tuple: readonly string[] | undefined): Pick<Restriction, 'tuple'> {
  return tuple === undefined || tuple.length === 0 ? {} : { tuple: [column, ...tuple] };
}

/** The left side of a filter as written: `day`, `(a, b)`, `token(a, b)`; a map's key stays a `?`. */
function leftSide({ column, tuple = [] }: FilterForm): string {
  return tuple.length === 0 ? quoteIdentifier(column) : `(${[column, ...tuple].map(quoteIdentifier).join(', ')})`;
}

function conditionOf(filter: Filter, shape: TableShape, type: CqlType): Condition {
  const { column, operator, key, value } = filter;
  const param: SelectParam = { column, value, type: OPERATORS[operator].isList ? { kind: 'list', of: type } : type };
  const left = leftSide(filter);
  if (key === undefined) return { parts: [`${left} ${operator} `, ''], params: [param] };
  const map = shape.columns.find(({ name }) => name === column)?.type;
  const keyParam: SelectParam = { column, value: key, type: map?.kind === 'map' ? map.key : type };
  return { parts: [`${left}[`, `] ${operator} `, ''], params: [keyParam, param] };
}

function valueProblem({ column, operator, value }: Filter): string | null {
  if (OPERATORS[operator].isList) {
    if (!Array.isArray(value)) return `${operator} takes a list of values for ${column}`;
    if (value.length === 0) return `${operator} has no values for ${column}`;
    return value.includes(null) ? `${column} cannot be null` : null;
  }
  if (operator === 'LIKE' && typeof value === 'string' && /^%{0,2}$/.test(value)) {
    return `LIKE needs text besides % for ${column}`;
  }
  return value === null ? `${column} cannot be compared with null` : null;
}

/** The conditions of filters up to the first invalid one, and why it is invalid. */
export function conditionsOf(
  filters: readonly Filter[],
  shape: TableShape,
): { readonly conditions: readonly Condition[]; readonly problem: string | null } {
  const conditions: Condition[] = [];
  for (const filter of filters) {
    const names = [filter.column, ...(filter.tuple ?? [])];
    const missing = names.find((name) => !shape.columns.some((column) => column.name === name));
    if (missing !== undefined) return { conditions, problem: `there is no column ${missing}` };
    const type = operandType(shape, filter);
    if (type === undefined) return { conditions, problem: `${filter.operator} does not fit ${filter.column}` };
    if (isCondition(filter)) conditions.push(conditionOf(filter, shape, type));
    const problem = valueProblem(filter);
    if (problem !== null) return { conditions, problem };
  }
  return { conditions, problem: null };
}
