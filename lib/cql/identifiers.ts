/**
 * CQL names. The server folds an unquoted name to lower case and keeps a quoted one exactly, with `"` written as `""`.
 * Everything that puts a name into a statement goes through here.
 */

/**
 * Words that are not names unless quoted, in lower case. The union of `ReservedKeywords` of Cassandra 4.0 to
 * 5.0 and the boolean literals (their lexer rule wins over a name); quoting one too many is harmless.
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'add allow alter and apply asc authorize batch begin between by columnfamily commit create default delete desc ' +
    'describe drop entries execute false from full grant if in index infinity insert into is keyspace let limit ' +
    'materialized mbean mbeans modify nan norecursive not null of on or order primary rename replace revoke schema ' +
    'select set table to token transaction true truncate unlogged unset update use using view where with'
  ).split(' '),
);

const PLAIN_NAME = /^[a-z][a-z0-9_]*$/;

/** The name in quotes, needed or not: `my"name` → `"my""name"`. */
export function quoteAlways(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** True when the name means itself without quotes. */
export function isPlainIdentifier(name: string): boolean {
  return PLAIN_NAME.test(name) && !RESERVED_WORDS.has(name);
}

/** The name as written in a statement: bare if possible, otherwise quoted. */
export function quoteIdentifier(name: string): string {
  return isPlainIdentifier(name) ? name : quoteAlways(name);
}

/**
 * The name that a piece of CQL stands for: quotes removed and `""` undone, or an unquoted name in lower case.
 * Only ASCII letters fold, because only they can be unquoted.
 */
export function unquoteIdentifier(text: string): string {
  if (text.length >= 2 && text.startsWith('"') && text.endsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** `keyspace.table` with names quoted where needed; the keyspace may be absent. */
export function qualifiedName(keyspace: string | undefined, name: string): string {
  return keyspace === undefined ? quoteIdentifier(name) : `${quoteIdentifier(keyspace)}.${quoteIdentifier(name)}`;
}
