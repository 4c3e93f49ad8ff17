import type { Token } from './lexer';
import { TokenReader } from './token-reader';

const RELATION_OPERATORS = [
  '=',
  '<',
  '<=',
  '>',
  '>=',
  '!=',
  'IN',
  'NOT IN',
  'BETWEEN',
  'LIKE',
  'CONTAINS',
  'CONTAINS KEY',
  'NOT CONTAINS',
  'NOT CONTAINS KEY',
  'IS NOT NULL',
] as const;
type RelationOperator = (typeof RELATION_OPERATORS)[number];

/** One condition of a WHERE clause. */
export interface Relation {
  /** `element` is `column[key] = …`; `tuple` is `(a, b) > …`; `token` is `token(a, b) > …`. */
  readonly form: 'column' | 'element' | 'tuple' | 'token';
  /** One name, or those of the tuple or token. */
  readonly columns: readonly string[];
  readonly operator: RelationOperator;
  /** How many values an IN has; null if it depends on a bind marker, and for other operators. */
  readonly valueCount: number | null;
  /** The right side as written if it is one literal number, otherwise null. */
  readonly number: string | null;
  /** For a LIKE, its pattern if it is one literal string, otherwise null. */
  readonly pattern: string | null;
  /** The right side as written, one space between its tokens; null where it has a bind marker or a function. */
  readonly literal: string | null;
}

type Left = Pick<Relation, 'form' | 'columns'>;
type Right = Pick<Relation, 'operator' | 'valueCount' | 'number' | 'pattern' | 'literal'>;

const PLAIN = { valueCount: null, number: null, pattern: null, literal: null };

const SYMBOLS = ['=', '<', '<=', '>', '>=', '!='] as const;

/** `(a, b)`, including the brackets. */
function takeNames(reader: TokenReader): string[] | undefined {
  const from = reader.at;
  const names: string[] = [];
  if (!reader.takeSymbol('(')) return undefined;
  do {
    const name = reader.takeName();
    if (name === undefined) break;
    names.push(name);
  } while (reader.takeSymbol(','));
  if (names.length > 0 && reader.takeSymbol(')')) return names;
  reader.at = from;
  return undefined;
}

function takeLeft(reader: TokenReader): Left | undefined {
  if (reader.seesSymbol('(')) {
    const columns = takeNames(reader);
    return columns && { form: 'tuple', columns };
  }
  if (reader.sees('TOKEN') && reader.seesSymbol('(', 1)) {
    reader.at++;
    const columns = takeNames(reader);
    return columns && { form: 'token', columns };
  }
  const name = reader.takeName();
  if (name === undefined) return undefined;
  if (!reader.seesSymbol('[')) return { form: 'column', columns: [name] };
  return reader.skipGroup() ? { form: 'element', columns: [name] } : undefined;
}

/** Skips a value, up to the AND after it. Undefined if there is none. */
function takeValue(reader: TokenReader): readonly Token[] | undefined {
  const from = reader.at;
  while (!reader.done && !reader.sees('AND')) {
    if (!reader.skipGroup()) return undefined;
  }
  return reader.at > from ? reader.tokens.slice(from, reader.at) : undefined;
}

/** The number of values in the brackets of an IN; null for a bind marker, undefined for anything else. */
function countValues(value: readonly Token[]): number | null | undefined {
  if (value.length === 1 && value[0]?.kind === 'bind') return null;
  const reader = new TokenReader(value);
  if (!reader.takeSymbol('(')) return undefined;
  if (reader.takeSymbol(')')) return reader.done ? 0 : undefined;
  let count = 1;
  while (!reader.seesSymbol(')')) {
    if (reader.takeSymbol(',')) count++;
    else if (!reader.skipGroup()) return undefined;
  }
  reader.at++;
  return reader.done ? count : undefined;
}

function takeWordOperator(reader: TokenReader): RelationOperator | undefined {
  const isNegated = reader.takeWords('NOT');
  if (reader.takeWords('IN')) return isNegated ? 'NOT IN' : 'IN';
  if (reader.takeWords('CONTAINS', 'KEY')) return isNegated ? 'NOT CONTAINS KEY' : 'CONTAINS KEY';
  if (reader.takeWords('CONTAINS')) return isNegated ? 'NOT CONTAINS' : 'CONTAINS';
  if (isNegated) return undefined;
  if (reader.takeWords('LIKE')) return 'LIKE';
  if (reader.takeWords('BETWEEN')) return 'BETWEEN';
  return reader.takeWords('IS', 'NOT', 'NULL') ? 'IS NOT NULL' : undefined;
}

function takeRight(reader: TokenReader): Right | undefined {
  const operator = SYMBOLS.find((symbol) => reader.takeSymbol(symbol)) ?? takeWordOperator(reader);
  if (operator === undefined) return undefined;
  if (operator === 'IS NOT NULL') return { operator, ...PLAIN };
  const value = takeValue(reader);
  if (value === undefined) return undefined;
  if (operator === 'IN') {
    const valueCount = countValues(value);
    return valueCount === undefined ? undefined : { operator, ...PLAIN, valueCount, literal: literalOf(value) };
  }
  if (operator === 'BETWEEN' && (!reader.takeWords('AND') || takeValue(reader) === undefined)) return undefined;
  const [only] = value;
  const isNumber = operator !== 'BETWEEN' && value.length === 1 && only?.kind === 'number';
  const pattern = operator === 'LIKE' && value.length === 1 && only?.kind === 'string' ? stringOf(only.text) : null;
  return { operator, ...PLAIN, number: isNumber ? only.text : null, pattern, literal: literalOf(value) };
}

/** A value as written, for comparing it with others; null where the text does not say what it is. */
export function literalOf(value: readonly Token[]): string | null {
  const isOpen = value.some(({ kind, text }) => kind === 'bind' || (kind === 'word' && !CONSTANTS.test(text)));
  return isOpen || value.length === 0 ? null : value.map(({ text }) => text).join(' ');
}

const CONSTANTS = /^(true|false|null|nan|infinity)$/i;

/** What a string literal, `'…'` or `$$…$$`, stands for. */
function stringOf(text: string): string {
  return text.startsWith('$$') ? text.slice(2, -2) : text.slice(1, -1).replaceAll("''", "'");
}

/** The tokens inside a bracket that contains a whole condition: `(a = 1)`. */
function takeBracketed(reader: TokenReader): readonly Token[] | undefined {
  const from = reader.at;
  const isTuple = reader.seesSymbol(',', 2) || reader.seesSymbol(')', 2);
  if (!reader.seesSymbol('(') || isTuple || !reader.skipGroup()) return undefined;
  return reader.tokens.slice(from + 1, reader.at - 1);
}

function takeRelations(reader: TokenReader, depth: number): Relation[] | undefined {
  const bracketed = takeBracketed(reader);
  if (bracketed !== undefined) {
    const inner = depth < MAX_DEPTH ? parseRelations(bracketed, depth + 1) : undefined;
    return inner?.length === 1 ? [...inner] : undefined;
  }
  const left = takeLeft(reader);
  const right = left && takeRight(reader);
  return left && right && [{ ...left, ...right }];
}

/** Nested brackets mean nothing more, and a statement full of them must not exhaust the stack. */
const MAX_DEPTH = 8;

/** The conditions of a WHERE clause (without the word). Undefined if one of them is not understood. */
export function parseRelations(tokens: readonly Token[], depth = 0): readonly Relation[] | undefined {
  const reader = new TokenReader(tokens);
  const relations: Relation[] = [];
  do {
    const found = takeRelations(reader, depth);
    if (found === undefined) return undefined;
    relations.push(...found);
  } while (reader.takeWords('AND'));
  return reader.done ? relations : undefined;
}
