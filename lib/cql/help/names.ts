import type { Keyspace } from '@/lib/contract/schema';
import { FUNCTIONS, wordsOf } from '../cql-words';
import { quoteIdentifier } from '../identifiers';
import type { Token } from '../lexer';
import { NATIVE_TYPES } from '../types';
import { type ErrorHelp, insertAt, rangeOf, replaceRange, type Suggestion } from './help';
import { nearest } from './nearest';
import { isSymbol, nameOf, type Parts } from './parts';

/** `Undefined column name X in table k.t`: 4.0 to 5.0; a name with capitals comes in quotes. */
const NO_COLUMN = /Undefined column name "?(.+?)"?(?: in table|$)/;
const NO_TABLE = /(?:unconfigured table |\btable )(?:\S+\.)?([^\s.]+?)(?: does not exist|$)/i;
const NO_KEYSPACE = /(?:keyspace ['“"]?([^\s'”"]+)['”"]? does not exist|There is no keyspace “(.+)”)/i;
const NO_TYPE = /Unknown type (?:[^.\s]+\.)?(\S+)/;
const NO_FUNCTION = /Unknown function '?([^'\s]+?)'?$/;

const COLUMNS_NAMED = 12;

/** A column that the table does not have. */
export function unknownColumn(parts: Parts): ErrorHelp | null {
  const { statement, said, tokens, table, tableName } = parts;
  const name = NO_COLUMN.exec(said)?.[1];
  if (name === undefined || table === undefined) return null;
  const at = tokens.findIndex((token) => nameOf(token) === name && !tableName.includes(token));
  const [token, dot] = [tokens[at], tokens[at + 1]];
  const range = token === undefined ? null : rangeOf(token);
  if (token !== undefined && dot !== undefined && isSymbol(dot, '.') && name === table.name) {
    const edits = [replaceRange(statement, rangeOf(token, dot), '')];
    const cause = 'A statement reads one table, so its columns are named without it.';
    return { cause, range: rangeOf(token, dot), suggestions: [{ label: `Remove ${token.text}.`, edits }] };
  }
  const names = table.columns.map((column) => column.name);
  const meant = sameInCapitals(name, names) ?? nearest(name, names);
  const cause = `${table.name} has no column ${name}.`;
  if (meant === undefined || token === undefined) {
    const listed = table.columns
      .slice(0, COLUMNS_NAMED)
      .map((column) => `${quoteIdentifier(column.name)} ${column.type}`);
    const more = table.columns.length > COLUMNS_NAMED ? ` and ${table.columns.length - COLUMNS_NAMED} more` : '';
    return { cause, advice: `Its columns are ${listed.join(', ')}${more}.`, range, suggestions: [] };
  }
  return { cause: withQuotes(cause, name, meant), range, suggestions: [byName(statement, token, meant)] };
}

/** Only in quotes does a name keep its capitals. */
function withQuotes(cause: string, name: string, meant: string): string {
  const isSame = meant.toLowerCase() === name.toLowerCase();
  if (!isSame) return `${cause} Did you mean ${quoteIdentifier(meant)}?`;
  return `${cause} It is called ${meant}: without double quotes CQL reads every name in lower case.`;
}

function sameInCapitals(name: string, names: readonly string[]): string | undefined {
  return names.find((other) => other !== name && other.toLowerCase() === name.toLowerCase());
}

function byName(statement: string, token: Token, name: string): Suggestion {
  const written = quoteIdentifier(name);
  return { label: `Use ${written}`, edits: [replaceRange(statement, rangeOf(token), written)] };
}

/** A table that is not there, or is in another keyspace. */
export function unknownTable({ statement, said, tableName, home, keyspaces }: Parts): ErrorHelp | null {
  const name = NO_TABLE.exec(said)?.[1]?.replace(/^"|"$/g, '');
  const token = tableName.at(-1);
  if (name === undefined || token === undefined || home === undefined || nameOf(token) !== name) return null;
  const names = home.tables.map((table) => table.name);
  const meant = sameInCapitals(name, names) ?? nearest(name, names);
  const range = rangeOf(tableName[0] ?? token, token);
  const cause = `The keyspace ${home.name} has no table ${name}.`;
  const elsewhere = holdersOf(keyspaces, name).map((keyspace): Suggestion => {
    const written = `${quoteIdentifier(keyspace.name)}.${quoteIdentifier(name)}`;
    return { label: `Use ${written}`, edits: [replaceRange(statement, range, written)] };
  });
  if (meant !== undefined) {
    const suggestions = [byName(statement, token, meant), ...elsewhere];
    return { cause: withQuotes(cause, name, meant), range: rangeOf(token), suggestions };
  }
  const found = elsewhere.length > 0 ? ' Another keyspace does.' : '';
  return { cause: `${cause}${found}`, range, suggestions: elsewhere };
}

const SUGGESTED_KEYSPACES = 3;

function holdersOf(keyspaces: readonly Keyspace[], table: string): Keyspace[] {
  return keyspaces.filter(({ tables }) => tables.some(({ name }) => name === table)).slice(0, SUGGESTED_KEYSPACES);
}

/** A keyspace that is not there. */
export function unknownKeyspace({ statement, said, tableName, keyspaces }: Parts): ErrorHelp | null {
  const found = NO_KEYSPACE.exec(said);
  const name = found?.[1] ?? found?.[2];
  if (name === undefined) return null;
  const token = tableName.length === 3 && nameOf(tableName[0]) === name ? tableName[0] : undefined;
  const cause = `There is no keyspace ${name}.`;
  const names = keyspaces.map((keyspace) => keyspace.name);
  if (token === undefined)
    return { cause, advice: 'Choose another keyspace under the editor.', range: null, suggestions: [] };
  const meant = sameInCapitals(name, names) ?? nearest(name, names);
  if (meant === undefined) return { cause, range: rangeOf(token), suggestions: [] };
  return {
    cause: withQuotes(cause, name, meant),
    range: rangeOf(token),
    suggestions: [byName(statement, token, meant)],
  };
}

/** A table without its keyspace, and none in use. */
export function missingKeyspace({ said, tableName, keyspaces }: Parts): ErrorHelp | null {
  if (!/No keyspace has been specified/i.test(said)) return null;
  const [token] = tableName;
  const name = nameOf(token);
  const cause = 'The statement does not say in which keyspace the table is.';
  const advice = 'Choose a keyspace under the editor, or write it before the table.';
  if (token === undefined || name === undefined) return { cause, advice, range: null, suggestions: [] };
  const suggestions = holdersOf(keyspaces, name).map((keyspace): Suggestion => {
    const prefix = `${quoteIdentifier(keyspace.name)}.`;
    return { label: `Use ${prefix}${token.text}`, edits: [insertAt(token.start, prefix)] };
  });
  return { cause, advice, range: rangeOf(token), suggestions };
}

/** Types of other databases and languages. */
const TYPES_ELSEWHERE: Readonly<Record<string, string>> = {
  string: 'text',
  char: 'text',
  json: 'text',
  varchar2: 'text',
  nvarchar: 'text',
  integer: 'int',
  number: 'decimal',
  numeric: 'decimal',
  long: 'bigint',
  short: 'smallint',
  byte: 'tinyint',
  bool: 'boolean',
  datetime: 'timestamp',
  timestamptz: 'timestamp',
  real: 'float',
  binary: 'blob',
  bytea: 'blob',
  bytes: 'blob',
  guid: 'uuid',
  serial: 'timeuuid',
  list: 'list<text>',
  set: 'set<text>',
  map: 'map<text, text>',
};

export function unknownType({ statement, said, tokens }: Parts): ErrorHelp | null {
  const name = NO_TYPE.exec(said)?.[1];
  if (name === undefined) return null;
  const meant = TYPES_ELSEWHERE[name] ?? nearest(name, NATIVE_TYPES);
  const token = tokens.findLast((one) => nameOf(one) === name);
  const range = token === undefined ? null : rangeOf(token);
  const cause = `There is no type ${name}.`;
  if (token === undefined || meant === undefined) return { cause, range, suggestions: [] };
  const edits = [replaceRange(statement, rangeOf(token), meant)];
  return { cause: `${cause} Cassandra’s is ${meant}.`, range, suggestions: [{ label: `Use ${meant}`, edits }] };
}

export function unknownFunction({ statement, said, tokens, release = null }: Parts): ErrorHelp | null {
  const name = NO_FUNCTION.exec(said)?.[1];
  if (name === undefined) return null;
  const meant = nearest(
    name,
    wordsOf(FUNCTIONS, release).map((text) => text.replace(/\(.*/, '')),
  );
  const at = tokens.findIndex((one, index) => nameOf(one) === name && isSymbol(tokens[index + 1], '('));
  const token = tokens[at];
  const cause = `There is no function ${name}.`;
  if (token === undefined) return { cause, range: null, suggestions: [] };
  const range = rangeOf(token);
  if (meant !== undefined) {
    const edits = [replaceRange(statement, range, meant)];
    return { cause: `${cause} Did you mean ${meant}?`, range, suggestions: [{ label: `Use ${meant}`, edits }] };
  }
  const advice = 'CQL has few functions: texts and numbers are worked on by the program that reads them.';
  return { cause, advice, range, suggestions: [] };
}
