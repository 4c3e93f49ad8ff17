import { isSignificant, type Token, tokenize } from './lexer';

/** Words allowed between CREATE and the kind of object. */
const ADJECTIVES = new Set(['CUSTOM', 'MATERIALIZED']);

/** The kinds for which the grammar has `CREATE … IF NOT EXISTS`. */
const CREATED = new Set([
  'KEYSPACE',
  'TABLE',
  'COLUMNFAMILY',
  'TYPE',
  'INDEX',
  'VIEW',
  'FUNCTION',
  'AGGREGATE',
  'TRIGGER',
  'ROLE',
  'USER',
]);

/**
 * Schema text with every `CREATE x` turned into `CREATE x IF NOT EXISTS`, so that it can run where part of it exists
 * already. Everything else stays byte for byte: comments, strings, function bodies, statements that already have it, and
 * `CREATE OR REPLACE`, for which the grammar does not allow it.
 */
export function addIfNotExists(ddl: string): string {
  const significant = tokenize(ddl).filter(isSignificant);
  let out = '';
  let copied = 0;
  for (const [index, token] of significant.entries()) {
    const before = significant[index - 1];
    if (before !== undefined && before.text !== ';') continue;
    const place = isWord(token, 'CREATE') ? behindKind(significant, index + 1) : undefined;
    if (place === undefined) continue;
    out += `${ddl.slice(copied, place)} IF NOT EXISTS`;
    copied = place;
  }
  return out + ddl.slice(copied);
}

/** The offset after the word that names the kind of object, unless `IF` already follows. */
function behindKind(tokens: readonly Token[], from: number): number | undefined {
  let at = from;
  while (tokens[at]?.kind === 'word' && ADJECTIVES.has(tokens[at]?.text.toUpperCase() ?? '')) at++;
  const word = tokens[at];
  if (word?.kind !== 'word' || !CREATED.has(word.text.toUpperCase()) || isWord(tokens[at + 1], 'IF')) return undefined;
  return word.end;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}
