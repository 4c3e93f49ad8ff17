/** The operators of filters: what the form, links, the planner and the statement need to know of each. */

export interface FilterOperatorFacts {
  /** `where`: a condition. `token`: a bound of the token of the partition key. `order`: ORDER BY with a LIMIT. */
  readonly place: 'where' | 'token' | 'order';
  /**
   * What is compared: the whole left side, an element or key of a collection, a pattern for text, a vector, or a token.
   * An operator fits the columns that have such a value.
   */
  readonly operand: 'whole' | 'element' | 'key' | 'pattern' | 'vector' | 'token';
  /** Takes a list of values. */
  readonly isList: boolean;
  /** Between the column and the value, for people. */
  readonly text: string;
  /** What the field says of the value; null for its type. */
  readonly hint: string | null;
  /** Stands in for a value: what a filter costs depends on its form alone. */
  readonly standIn: string | readonly string[];
}

const PLAIN = { place: 'where', operand: 'whole', isList: false, hint: null, standIn: '0' } as const;

/**
 * `ANN OF` orders by similarity to a vector; `TOKEN >` and `TOKEN <=` bound the token of the whole partition key, whose
 * first column is named.
 */
export const OPERATORS = {
  '=': { ...PLAIN, text: '=' },
  IN: { ...PLAIN, isList: true, text: 'IN', standIn: ['0'] },
  '<': { ...PLAIN, text: '<' },
  '<=': { ...PLAIN, text: '<=' },
  '>': { ...PLAIN, text: '>' },
  '>=': { ...PLAIN, text: '>=' },
  LIKE: {
    ...PLAIN,
    operand: 'pattern',
    text: 'LIKE',
    hint: 'abc%, %abc% or %abc: % stands for any text',
    standIn: 'x%',
  },
  CONTAINS: { ...PLAIN, operand: 'element', text: 'CONTAINS' },
  'CONTAINS KEY': { ...PLAIN, operand: 'key', text: 'CONTAINS KEY' },
  'ANN OF': { ...PLAIN, place: 'order', operand: 'vector', text: 'ANN OF' },
  'TOKEN >': { ...PLAIN, place: 'token', operand: 'token', text: '>' },
  'TOKEN <=': { ...PLAIN, place: 'token', operand: 'token', text: '<=' },
} as const satisfies Readonly<Record<string, FilterOperatorFacts>>;

export type FilterOperator = keyof typeof OPERATORS;

function isOperator(name: string): name is FilterOperator {
  return Object.hasOwn(OPERATORS, name);
}

export const FILTER_OPERATORS: readonly FilterOperator[] = Object.keys(OPERATORS).filter(isOperator);
