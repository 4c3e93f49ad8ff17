import { unquoteIdentifier } from '@/lib/cql/identifiers';
import type { Token } from '@/lib/cql/lexer';
import { TokenReader } from '@/lib/cql/token-reader';

/** Words that hand a condition to an index as text, in which a column cannot be recognized. */
const INDEX_QUERIES: ReadonlySet<string> = new Set(['expr', 'solr_query', 'es_query']);

/** Words of a write that show a row, or hide what is written. */
const SHOWING: ReadonlySet<string> = new Set(['IF', 'JSON']);

/**
 * What a SELECT does with masked columns besides selecting them by their bare names or with `*`, as a column's name or a
 * word of the statement; null: nothing. A name that only looks like a masked column, such as a function's, counts as one.
 * @param masked names of columns, as stored
 */
export function maskedUse(statement: string, masked: ReadonlySet<string>): string | null {
  const reader = new TokenReader(statement);
  if (!reader.takeWords('SELECT')) return firstMasked(reader.tokens, masked);
  const modifier = takeModifier(reader);
  if (modifier === 'JSON') return modifier;
  const isDistinct = modifier === 'DISTINCT';
  for (const selector of takeSelectors(reader)) {
    const found = isDistinct || selector.length > 1 ? firstMasked(selector, masked) : null;
    if (found !== null) return found;
  }
  // The table may be named like a column.
  if (!reader.takeWords('FROM') || reader.takeQualifiedName() === undefined) return firstMasked(reader.tokens, masked);
  const rest = reader.tokens.slice(reader.at);
  return firstMasked(rest, masked) ?? firstMasked(rest, INDEX_QUERIES);
}

/** DISTINCT and JSON are also names of columns, but not where a selector follows. */
function takeModifier(reader: TokenReader): 'DISTINCT' | 'JSON' | null {
  const word = reader.word();
  if (word !== 'DISTINCT' && word !== 'JSON') return null;
  if (reader.seesSymbol(',', 1) || reader.word(1) === 'FROM') return null;
  reader.at++;
  return word;
}

/** The tokens of each selector, up to FROM; what cannot be divided is one selector. */
function takeSelectors(reader: TokenReader): (readonly Token[])[] {
  const selectors: (readonly Token[])[] = [];
  let from = reader.at;
  while (!reader.done && !reader.sees('FROM')) {
    const at = reader.at;
    if (reader.takeSymbol(',')) {
      selectors.push(reader.tokens.slice(from, at));
      from = reader.at;
    } else if (!reader.skipGroup()) reader.at = reader.tokens.length;
  }
  return [...selectors, reader.tokens.slice(from, reader.at)];
}

/**
 * What a statement that writes does with masked columns of its table, as a column's name or a word of the statement; null:
 * nothing. A condition counts, because its answer shows the row, so does JSON, which names columns within a text, and so
 * does the deletion of whole rows, which takes their masked values with it.
 * @param masked names of columns, as stored
 */
export function maskedWrite(statement: string, masked: ReadonlySet<string>): string | null {
  const { tokens } = new TokenReader(statement);
  const words = tokens.map(({ kind, text }) => (kind === 'word' ? text.toUpperCase() : ''));
  const isOfRows = words.some((word, at) => word === 'DELETE' && words[at + 1] === 'FROM');
  return firstMasked(tokens, masked) ?? words.find((word) => SHOWING.has(word)) ?? (isOfRows ? 'DELETE FROM' : null);
}

function firstMasked(tokens: readonly Token[], names: ReadonlySet<string>): string | null {
  for (const { kind, text } of tokens) {
    if (kind !== 'word' && kind !== 'quoted') continue;
    const name = unquoteIdentifier(text);
    if (names.has(name)) return name;
  }
  return null;
}
