import type { TableColumn } from '@/lib/contract/schema';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { Token } from '@/lib/cql/lexer';
import { columnOption, isKey, operatorsOf, ranked, shapeOf } from './completion-columns';
import type { Context } from './completion-knowledge';
import { columnsHere, keywords, symbols, valuesFor } from './completion-names';
import { isSign, nameOf, openBrackets, wordOf } from './completion-place';
import { AFTER_FROM } from './completion-reads';
import type { Suggestion } from './suggestion';

/** What can be written in a condition: of WHERE, and of IF. */

export function condition(context: Context, at: number): Suggestion[] {
  const { lead, home, schema, verb, release } = context;
  const part = conditionParts(lead, at);
  if (part.length === 0) return restricted(context, at);
  const name = nameOf(part[0]);
  const last = part.at(-1);
  if (part.length === 1 && name !== undefined) {
    if (home === undefined) return anyOperator();
    return operatorsOf(shapeOf(home.keyspace, home.table, schema.keyspaces), name, verb, release);
  }
  if (openBrackets(part).length > 0 && wordOf(part[0]) === 'TOKEN') return keyNames(home);
  if (isSign(last, ')') && wordOf(part[0]) === 'TOKEN' && !part.some((token) => OPERATORS.has(token.text)))
    return symbols(['>', '>=', '<', '<=', '=']);
  if (OPERATORS.has(last?.text ?? '') || OPERATOR_WORDS.has(wordOf(last)) || isSign(last, '(', ',')) {
    return wordOf(last) === 'CONTAINS'
      ? [...keywords(mapped(home, name) ? ['KEY'] : []), ...valuesFor(context, name)]
      : valuesFor(context, name, wordOf(last) === 'IN');
  }
  if (openBrackets(part).length > 0) return [];
  return keywords(verb === 'SELECT' ? ['AND', ...AFTER_FROM.slice(1)] : ['AND', 'IF', 'IF EXISTS']);
}

/** IF of a conditional write: of an INSERT only that the row is not there, of others any column but the key's. */
export function conditional(context: Context, at: number): Suggestion[] {
  const { lead, verb, home } = context;
  const part = conditionParts(lead, at);
  if (wordOf(part[0]) === 'NOT')
    return verb === 'INSERT' ? keywords(part.length === 1 ? ['EXISTS'] : ['USING TTL']) : [];
  if (verb === 'INSERT') return keywords(part.length === 0 ? ['NOT EXISTS'] : []);
  if (part.length === 0) {
    const open = ranked(home?.table.columns ?? [])
      .filter((column) => !isKey(column))
      .map(columnOption);
    return [...(wordOf(lead.at(-1)) === 'AND' ? [] : keywords(['EXISTS'])), ...open];
  }
  if (wordOf(part[0]) === 'EXISTS') return [];
  if (part.length === 1) return symbols(['=', '!=', '<', '<=', '>', '>=', 'IN']);
  if (OPERATORS.has(part.at(-1)?.text ?? '') || wordOf(part.at(-1)) === 'IN') {
    const nothing: Suggestion = { text: 'null', kind: 'value', detail: 'no value stands there' };
    return [...valuesFor(context, nameOf(part[0]), wordOf(part.at(-1)) === 'IN'), nothing];
  }
  return keywords(['AND']);
}

export const OPERATORS: ReadonlySet<string> = new Set(['=', '<', '>', '<=', '>=', '!=', '+=', '-=']);

const OPERATOR_WORDS: ReadonlySet<string> = new Set(['IN', 'CONTAINS', 'KEY', 'LIKE', 'BETWEEN', 'NOT', 'IS']);

/** The condition at the cursor: what is written of it after WHERE, IF or AND. */
function conditionParts(lead: readonly Token[], at: number): readonly Token[] {
  const and = lead.findLastIndex((token, index) => index > at && wordOf(token) === 'AND' && !isOfBetween(lead, index));
  return lead.slice(Math.max(at, and) + 1);
}

function isOfBetween(lead: readonly Token[], and: number): boolean {
  const between = lead.findLastIndex((token, index) => index < and && wordOf(token) === 'BETWEEN');
  return between >= 0 && !lead.slice(between, and).some((token) => wordOf(token) === 'AND');
}

const mapped = (home: Context['home'], name: string | undefined) =>
  home?.table.columns.some((column) => column.name === name && column.type.includes('map<')) ?? false;

/** The columns of a WHERE: the key's that are still without a condition first; a write takes no others. */
function restricted(context: Context, at: number): Suggestion[] {
  const { home, lead, verb } = context;
  if (home === undefined) return columnsHere(context);
  const given = new Set(
    lead
      .slice(at)
      .flatMap((token, index, all) =>
        isSign(all[index + 1], '=') || wordOf(all[index + 1]) === 'IN' ? (nameOf(token) ?? []) : [],
      ),
  );
  const columns = ranked(home.table.columns).filter(({ name }) => !given.has(name));
  const shape = shapeOf(home.keyspace, home.table, context.schema.keyspaces);
  const isIndexed = ({ name }: TableColumn) => shape.indexes.some(({ column }) => column === name);
  const keys = columns.filter(isKey);
  const others = columns.filter((column) => !isKey(column));
  if (verb !== 'SELECT') return keys.map(columnOption);
  const partition = ranked(home.table.columns).filter(({ kind }) => kind === 'partition_key');
  const token: Suggestion = {
    text: `token(${partition.map(({ name }) => quoteIdentifier(name)).join(', ')})`,
    kind: 'function',
  };
  const rest = [...others.filter(isIndexed), ...others.filter((column) => !isIndexed(column))];
  return [...keys, ...rest].map(columnOption).concat(given.size > 0 ? [] : [token]);
}

function keyNames(home: Context['home']): Suggestion[] {
  return ranked(home?.table.columns ?? [])
    .filter(({ kind }) => kind === 'partition_key')
    .map(columnOption);
}

const anyOperator = () => symbols(['=', 'IN', '<', '<=', '>', '>=', 'CONTAINS', 'CONTAINS KEY', 'LIKE']);
