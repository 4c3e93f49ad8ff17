import type { Token } from './lexer';
import { TokenReader } from './token-reader';

/** What a WHERE clause sets a column to: a literal, as JSON has it, or a bind marker: its place among all, and its name. */
export type PinnedValue =
  | { readonly literal: string | boolean }
  | { readonly marker: { readonly position: number; readonly name: string | null } };

/**
 * The values that `column = value` gives the columns of a partition key. Undefined unless each of them has one that is a
 * single literal or bind marker: the value of a function is only known to Cassandra.
 */
export function pinnedKey(
  statement: string,
  partitionKey: readonly string[],
): ReadonlyMap<string, PinnedValue> | undefined {
  const reader = new TokenReader(statement);
  const found = new Map<string, PinnedValue>();
  while (!reader.done) {
    const begins = reader.takeWords('WHERE') || reader.takeWords('AND');
    if (begins) takeEquality(reader, found);
    else reader.at++;
  }
  const isWhole = partitionKey.every((name) => found.has(name));
  return isWhole ? new Map([...found].filter(([name]) => partitionKey.includes(name))) : undefined;
}

/** `name = value`, if that is what comes next, with nothing more before the next condition or clause. */
function takeEquality(reader: TokenReader, found: Map<string, PinnedValue>): void {
  const from = reader.at;
  const name = reader.takeName();
  if (name !== undefined && reader.takeSymbol('=')) {
    const value = takeValue(reader);
    if (value !== undefined && endsValue(reader)) {
      found.set(name, value);
      return;
    }
  }
  reader.at = from;
}

function takeValue(reader: TokenReader): PinnedValue | undefined {
  const token = reader.peek();
  if (token === undefined) return undefined;
  if (token.kind === 'bind') return takeMarker(reader, token);
  const literal = literalOf(token);
  if (literal === undefined) return undefined;
  reader.at++;
  return { literal };
}

function literalOf({ kind, text }: Token): string | boolean | undefined {
  switch (kind) {
    case 'string':
      return text.startsWith('$$') ? text.slice(2, -2) : text.slice(1, -1).replaceAll("''", "'");
    case 'number':
    case 'uuid':
    case 'blob':
      return text;
    case 'word':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
    default:
      return undefined;
  }
}

function takeMarker(reader: TokenReader, token: Token): PinnedValue {
  const position = reader.tokens.slice(0, reader.at).filter(({ kind }) => kind === 'bind').length;
  reader.at++;
  const name = token.text.slice(1);
  if (name === '') return { marker: { position, name: null } };
  // An unquoted name is folded, as every name is.
  const folded = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
  return { marker: { position, name: folded } };
}

const CLAUSES = ['AND', 'GROUP', 'ORDER', 'PER', 'LIMIT', 'ALLOW'] as const;

function endsValue(reader: TokenReader): boolean {
  return reader.done || reader.seesSymbol(';') || CLAUSES.some((word) => reader.sees(word));
}
