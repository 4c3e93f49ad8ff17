import { FILTER_OPERATORS, type FilterOperator, OPERATORS } from '@/lib/contract/filter-operators';
import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import { parseTypedText } from '@/lib/wire/typed-text';
import type { Token } from './lexer';
import type { TableShape } from './schema-lookup';
import { type FilterForm, operandType, TOKEN_TYPE } from './select-filters';
import { parseSelect } from './select-parser';
import { TokenReader } from './token-reader';
import type { CqlType } from './types';

/** What a SELECT reads of its table, as the filters of a view of that table. */
export interface WhereFilters {
  readonly filters: readonly Filter[];
  /** The statement allows rows to be read and dropped. */
  readonly filtering: boolean;
}

/**
 * The WHERE clause of a SELECT on one table as filters; null where they could not say the same: rows that are grouped,
 * values that are not in the text, functions, or conditions that filters have not.
 */
export function whereFilters(statement: string, shape: TableShape): WhereFilters | null {
  const select = parseSelect(statement);
  if (select === undefined || select.hasGroupBy || select.isDistinct || select.isJson) return null;
  if (select.annColumn !== null || select.functions.length > 0) return null;
  const conditions = conditionsIn(statement);
  const filters = conditions?.map((tokens) => filterOf(statement, tokens, shape));
  if (filters === undefined || filters.includes(null)) return null;
  return { filters: filters.filter((filter) => filter !== null), filtering: select.allowsFiltering };
}

const AFTER_WHERE = [
  ['GROUP', 'BY'],
  ['ORDER', 'BY'],
  ['PER', 'PARTITION'],
  ['LIMIT'],
  ['ALLOW', 'FILTERING'],
] as const;

/** The tokens of each condition, in a statement that was understood; none without a WHERE. */
function conditionsIn(statement: string): readonly (readonly Token[])[] | undefined {
  const reader = new TokenReader(statement);
  while (!reader.done && !reader.sees('WHERE')) if (!reader.skipGroup()) return undefined;
  if (!reader.takeWords('WHERE')) return [];
  const conditions: Token[][] = [[]];
  while (!reader.done && !AFTER_WHERE.some((words) => reader.sees(...words))) {
    const from = reader.at;
    if (reader.takeWords('AND')) conditions.push([]);
    else if (reader.skipGroup()) conditions.at(-1)?.push(...reader.tokens.slice(from, reader.at));
    else return undefined;
  }
  return conditions;
}

function filterOf(statement: string, tokens: readonly Token[], shape: TableShape): Filter | null {
  const reader = new TokenReader(tokens);
  const left = takeLeft(reader, statement, shape);
  const operator = left === null ? undefined : takeOperator(reader, left.isToken);
  const rest = tokens.slice(reader.at);
  if (left === null || operator === undefined || rest.length === 0) return null;
  const form: FilterForm = { ...left.form, operator };
  const type = left.isToken ? TOKEN_TYPE : operandType(shape, form);
  const { isList } = OPERATORS[operator];
  const values = type && valuesOf(isList ? innerText(statement, rest) : textOf(statement, rest), type);
  if (values === undefined || values === null) return null;
  const [value = null] = isList ? [values] : values;
  return value === null || (!isList && values.length !== 1) ? null : { ...form, value };
}

interface Left {
  readonly form: Omit<FilterForm, 'operator'>;
  readonly isToken: boolean;
}

/** `column`, `column[key]`, `(a, b)` or the token of the partition key. */
function takeLeft(reader: TokenReader, statement: string, shape: TableShape): Left | null {
  const isToken = reader.sees('TOKEN') && reader.seesSymbol('(', 1);
  if (isToken) reader.at++;
  if (reader.seesSymbol('(')) {
    const [column, ...more] = takeNames(reader) ?? [];
    if (column === undefined) return null;
    if (!isToken) return { form: { column, ...(more.length === 0 ? {} : { tuple: more }) }, isToken };
    const isKey = [column, ...more].join('\0') === shape.partitionKey.join('\0');
    return isKey ? { form: { column }, isToken } : null;
  }
  const column = reader.takeName();
  if (column === undefined) return null;
  if (!reader.seesSymbol('[')) return { form: { column }, isToken: false };
  const from = reader.at;
  const type = shape.columns.find(({ name }) => name === column)?.type;
  if (!reader.skipGroup() || type?.kind !== 'map') return null;
  const keys = valuesOf(innerText(statement, reader.tokens.slice(from, reader.at)), type.key);
  const [key = null] = keys ?? [];
  return key === null || keys?.length !== 1 ? null : { form: { column, key }, isToken: false };
}

function takeNames(reader: TokenReader): readonly string[] | undefined {
  const names: string[] = [];
  reader.at++;
  do {
    const name = reader.takeName();
    if (name === undefined) return undefined;
    names.push(name);
  } while (reader.takeSymbol(','));
  return reader.takeSymbol(')') ? names : undefined;
}

/** The longest first: CONTAINS KEY before CONTAINS. */
const WORDS = FILTER_OPERATORS.filter((operator) => /^[A-Z ]+$/.test(operator) && OPERATORS[operator].place === 'where')
  .toSorted((a, b) => b.length - a.length)
  .map((operator) => ({ operator, words: operator.split(' ') }));
const SIGNS = FILTER_OPERATORS.filter((operator) => /^[<>=]+$/.test(operator));

function takeOperator(reader: TokenReader, isToken: boolean): FilterOperator | undefined {
  const sign = SIGNS.find((one) => reader.takeSymbol(one));
  if (isToken) return sign === '>' ? 'TOKEN >' : sign === '<=' ? 'TOKEN <=' : undefined;
  return sign ?? WORDS.find(({ words }) => reader.takeWords(...words))?.operator;
}

/** What a list of literals stands for; null where one of them is no plain literal of the type. */
function valuesOf(literals: string | null, type: CqlType): readonly JsonValue[] | null {
  if (literals === null) return null;
  const read = parseTypedText(`[${literals}]`, { kind: 'list', of: type });
  return 'value' in read && Array.isArray(read.value) && !read.value.includes(null) ? read.value : null;
}

function textOf(statement: string, tokens: readonly Token[]): string {
  return statement.slice(tokens[0]?.start, tokens.at(-1)?.end);
}

/** The text between the brackets that `tokens` begin and end with; null where there are none, or a bind marker is. */
function innerText(statement: string, tokens: readonly Token[]): string | null {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first?.kind !== 'operator' || last?.kind !== 'operator' || tokens.length < 3) return null;
  return statement.slice(first.end, last.start);
}
