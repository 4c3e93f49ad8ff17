import 'server-only';
import type { TableName } from '@/lib/contract/common';
import { isSignificant, tokenize } from '@/lib/cql/lexer';
import { TokenReader } from '@/lib/cql/token-reader';
import { UsageError } from './usage';

/**
 * Parses `KEYSPACE.TABLE` as CQL does: unquoted names fold to lower case, quoted ones are kept exactly.
 * @param keyspace for a name without one
 * @throws UsageError
 */
export function parseTableName(text: string, keyspace: string | undefined): TableName {
  const reader = new TokenReader(text);
  const name = reader.takeQualifiedName();
  if (name === undefined || !reader.done) {
    throw new UsageError(
      `“${text}” is not a table name. Write KEYSPACE.TABLE, or 'KEYSPACE."Table"' for a quoted name.`,
    );
  }
  const own = name.keyspace ?? keyspace;
  if (own === undefined) throw new UsageError(`Which keyspace is ${text} in? Write KEYSPACE.${text}.`);
  return { keyspace: own, table: name.name };
}

/** A keyspace's name as CQL writes it. @throws UsageError */
export function parseKeyspace(text: string): string {
  const reader = new TokenReader(text);
  const name = reader.takeName();
  if (name === undefined || !reader.done) throw new UsageError(`“${text}” is not a keyspace name.`);
  return name;
}

/** Names of columns separated by commas, as CQL writes them. @throws UsageError */
export function parseColumns(text: string): string[] {
  const reader = new TokenReader(text);
  const names: string[] = [];
  do {
    const name = reader.takeName();
    if (name === undefined) throw new UsageError(`--columns: “${text}” is not a list of columns such as id,name.`);
    names.push(name);
  } while (reader.takeSymbol(','));
  if (!reader.done) throw new UsageError(`--columns: “${text}” is not a list of columns such as id,name.`);
  return names;
}

export interface Conditions {
  readonly where: string;
  readonly allowFiltering: boolean;
}

/**
 * Turns conditions in CQL into the clause after a SELECT of a whole table.
 * @throws UsageError for anything other than conditions
 */
export function conditionsClause({ where, allowFiltering }: Conditions): string {
  return ` WHERE ${conditionText(where)}${allowFiltering ? ' ALLOW FILTERING' : ''}`;
}

function conditionText(text: string): string {
  const tokens = tokenize(text).filter(isSignificant);
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined) throw new UsageError('--where has no conditions.');
  const fault = tokens.find(({ kind }) => kind === 'error');
  if (fault !== undefined) throw new UsageError(`--where: ${fault.reason}.`);
  if (tokens.some(({ kind, text: symbol }) => kind === 'operator' && symbol === ';')) {
    throw new UsageError('--where takes conditions, not statements, but contains a ;.');
  }
  const reader = new TokenReader(tokens);
  for (; !reader.done; reader.at++) {
    if (reader.sees('ALLOW', 'FILTERING'))
      throw new UsageError('--where contains ALLOW FILTERING. Pass --allow-filtering instead.');
  }
  if (new TokenReader(tokens).sees('WHERE')) throw new UsageError('--where starts with WHERE. Leave the word out.');
  // A comment at the end would hide what follows.
  return text.slice(first.start, last.end);
}
