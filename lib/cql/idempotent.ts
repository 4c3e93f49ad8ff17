import { unquoteIdentifier } from './identifiers';
import { isSignificant, type Token, tokenize } from './lexer';
import type { TableShape } from './schema-lookup';

/** Functions with another result at each call (CQL, "Native functions"); a row written with them twice becomes two rows. */
const CHANGING = /^(now|uuid|current_?(timestamp|date|time|timeuuid))$/i;

/**
 * Whether running a write twice certainly has the effect of running it once. False for conditions (IF), functions such as
 * `now()`, counters, additions to lists, and whatever cannot be known.
 * @param table the one that it changes; undefined if unknown, or where there are several
 */
export function isIdempotent(statement: string, table: Pick<TableShape, 'columns'> | undefined): boolean {
  const tokens = tokenize(statement).filter(isSignificant);
  return !tokens.some((token, at) => {
    if (token.kind === 'word' && token.text.toUpperCase() === 'IF') return true;
    if (token.kind === 'word' && CHANGING.test(token.text) && tokens[at + 1]?.text === '(') return true;
    const kind = kindOf(table, changedAt(tokens, at));
    if (adds(tokens, at)) return kind !== 'set' && kind !== 'map';
    return deletesElement(tokens, at) && kind !== 'set' && kind !== 'map';
  });
}

/** The column of `column + …`, `… + column`, `column += …` or `column[…]`, for the operator at this place. */
function changedAt(tokens: readonly Token[], at: number): Token | undefined {
  const before = tokens[at - 1];
  if (before?.kind === 'word' || before?.kind === 'quoted') return before;
  return tokens[at + 1];
}

/** `x = x + …`, `x = x - …` and the short forms. A minus before a number belongs to the number. */
function adds(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind === 'number' && token.text.startsWith('-')) {
    // `n = n -1`: the lexer reads the number -1 after a name.
    return isName(tokens[at - 1]) && tokens[at - 2]?.text === '=';
  }
  return token?.kind === 'operator' && ['+', '-', '+=', '-='].includes(token.text);
}

function deletesElement(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== '[' || !isName(tokens[at - 1])) return false;
  const verb = tokens.slice(0, at).findLast(({ kind, text }) => kind === 'word' && VERB.test(text));
  return verb?.text.toUpperCase() === 'DELETE';
}

const VERB = /^(insert|update|delete|set|from|where)$/i;

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

function kindOf(table: Pick<TableShape, 'columns'> | undefined, name: Token | undefined): string | undefined {
  if (table === undefined || name === undefined || !isName(name)) return undefined;
  return table.columns.find((column) => column.name === unquoteIdentifier(name.text))?.type.kind;
}
