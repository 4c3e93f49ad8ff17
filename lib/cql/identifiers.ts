/**
 * CQL names. An unquoted name is folded to lower case by the server; a quoted one is taken as it stands, with `"` written
 * as `""`. Everything that puts a name into a statement goes through here.
 */

/**
 * Words that cannot stand as a name without quotes, in lower case. The union of `ReservedKeywords` of Cassandra 4.0 to
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

/** The name in quotes, whether it needs them or not: `my"name` → `"my""name"`. */
export function quoteAlways(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** True when the name means itself without quotes. */
export function isPlainIdentifier(name: string): boolean {
  return PLAIN_NAME.test(name) && !RESERVED_WORDS.has(name);
}

/** The name as it is written in a statement: bare where that is enough, else in quotes. */
export function quoteIdentifier(name: string): string {
  return isPlainIdentifier(name) ? name : quoteAlways(name);
}

/**
 * The name that a piece of CQL means: quotes removed and `""` undone, or an unquoted name in lower case.
 * Only ASCII letters fold, as only they can stand unquoted.
 */
export function unquoteIdentifier(text: string): string {
  if (text.length >= 2 && text.startsWith('"') && text.endsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** `keyspace.table` with both names quoted where they need it; the keyspace may be absent. */
export function qualifiedName(keyspace: string | undefined, name: string): string {
  return keyspace === undefined ? quoteIdentifier(name) : `${quoteIdentifier(keyspace)}.${quoteIdentifier(name)}`;
}
