import type { Keyspace, Table, TableColumn } from '@/lib/contract/schema';
import { FUNCTIONS, KEYWORDS, OPENING_KEYWORDS, TYPE_NAMES, wordsOf } from '@/lib/cql/cql-words';
import { quoteIdentifier, unquoteIdentifier } from '@/lib/cql/identifiers';
import { vectorIndexOf } from '@/lib/cql/index-serving';
import { isSignificant, type Token, tokenize } from '@/lib/cql/lexer';
import { nativeSignatures } from '@/lib/cql/signatures';
import { statementAt } from '@/lib/cql/splitter';
import { columnOption, columnsOfAll, isKey, operatorsOf, ranked, shapeOf } from './completion-columns';
import { ddlOptions } from './completion-ddl';
import {
  expectsTable,
  innerStatement,
  isSign,
  lastWord,
  nameOf,
  openBrackets,
  partsAfter,
  tableIn,
  type Written,
  wordOf,
} from './completion-place';
import type { Suggestion } from './suggestion';

/** The names of a cluster, as far as completion needs them. */
export interface SchemaNames {
  readonly keyspaces: readonly Keyspace[];
}

/** What completion knows at the moment; the schema may arrive or change after the editor has loaded. */
export interface CompletionKnowledge {
  readonly schema: SchemaNames;
  /** The one in use. */
  readonly keyspace: string | undefined;
  /** The cluster's release: what it does not support is not offered. Null while it is unknown. */
  readonly release: string | null;
}

export interface Suggestions {
  /** Where the word before the cursor starts; the choice replaces it. */
  readonly from: number;
  /** Where the choice ends what it replaces, if that is after the cursor: the closing quote that the editor has written. */
  readonly to?: number;
  /** Whether a statement begins here. */
  readonly isOpening?: boolean;
  /** Best first. */
  readonly options: readonly Suggestion[];
}

/** Where something is being written, with what is known there. */
interface Context extends Written, CompletionKnowledge {
  readonly verb: string;
  readonly chosen: Keyspace | undefined;
  readonly home: { readonly keyspace: Keyspace; readonly table: Table } | undefined;
}

/**
 * What can be written at `offset` of `text`, best first: names of the schema where they belong, the operators that a column
 * can serve, options with their values. Null inside strings and comments. Its work is that of one statement.
 */
export function suggest(text: string, offset: number, knowledge: CompletionKnowledge): Suggestions | null {
  const statement = statementAt(text, offset);
  const begin = statement === undefined || statement.start > offset ? offset : statement.start;
  const own = statement !== undefined && offset <= statement.end ? statement.text : text.slice(begin, offset);
  const before = tokenize(text.slice(begin, offset));
  const last = before.at(-1);
  const isString = last?.kind === 'error' && last.text.startsWith("'");
  if (last !== undefined && isInsideText(last) && !isString) return null;
  const word = last !== undefined && (last.kind === 'word' || last.kind === 'error') ? last : undefined;
  const lead = (word === undefined ? before : before.slice(0, -1)).filter(isSignificant);
  const from = word === undefined ? offset : begin + word.start;
  const inner = afterLast(lead);
  const found = optionsAt(inner, tokenize(own).filter(isSignificant), knowledge);
  // In a string only what is written in quotes belongs: the names and values of options.
  const options = isString ? found.filter((option) => option.text.startsWith("'")) : found;
  if (options.length === 0) return null;
  const isClosed = isString && text[offset] === "'";
  return { from, ...(isClosed ? { to: offset + 1 } : {}), ...(inner.length === 0 ? { isOpening: true } : {}), options };
}

/** What follows a `;` is another statement; inside a batch it is one of its own. */
function afterLast(lead: readonly Token[]): readonly Token[] {
  if (wordOf(lead[0]) === 'BEGIN') return lead;
  return lead.slice(lead.findLastIndex((token) => isSign(token, ';')) + 1);
}

/** Strings, numbers and comments get no suggestions; a name without its closing `"` counts as a word being typed. */
function isInsideText(token: Token): boolean {
  if (token.kind === 'error') return !token.text.startsWith('"');
  return token.kind === 'comment' || token.kind === 'string' || token.kind === 'number' || token.kind === 'uuid';
}

function optionsAt(lead: readonly Token[], all: readonly Token[], knowledge: CompletionKnowledge): Suggestion[] {
  const { schema, keyspace } = knowledge;
  const written = innerStatement(lead, all);
  if (lead.length === 0) return keywords(OPENING_KEYWORDS);
  if (written.lead.length === 0) return keywords(['INSERT INTO', 'UPDATE', 'DELETE FROM', 'APPLY BATCH']);
  const chosen = schema.keyspaces.find(({ name }) => name === keyspace);
  const home = tableIn(written.all, schema.keyspaces, keyspace);
  const context = { ...knowledge, ...written, verb: wordOf(written.lead[0]), chosen, home };
  if (isSign(written.lead.at(-1), '.')) return afterDot(context);
  const types = () => typesOf(context);
  const ddl = ddlOptions({ ...written, keyspaces: schema.keyspaces, used: chosen, release: knowledge.release, types });
  return ddl ?? namesAt(context) ?? clauseAt(context) ?? anything(context);
}

/** Keyspaces and tables, where one is named next. */
function namesAt({ lead, schema, chosen, all, verb }: Context): Suggestion[] | null {
  const at = lead.findLastIndex((token) => !['IF', 'NOT', 'EXISTS'].includes(wordOf(token)));
  const word = wordOf(lead[at]);
  if (word === 'KEYSPACE' || word === 'USE') return keyspacesOf(schema.keyspaces);
  if (!expectsTable(lead)) return null;
  const tables = tablesOf(chosen);
  return verb === 'SELECT'
    ? [...withColumns(all, chosen, tables), ...keyspacesOf(schema.keyspaces)]
    : [...tables, ...keyspacesOf(schema.keyspaces)];
}

/** Tables that have every column of the list come first. */
function withColumns(all: readonly Token[], keyspace: Keyspace | undefined, tables: Suggestion[]): Suggestion[] {
  const from = all.findIndex((token) => wordOf(token) === 'FROM');
  const names = partsAfter(all.slice(0, Math.max(from, 0)), 0).flatMap((part) =>
    part.length === 1 ? (nameOf(part[0]) ?? []) : [],
  );
  const holds = (table: Table | undefined) =>
    names.every((name) => table?.columns.some((column) => column.name === name));
  const fits = tables.map((_, index) => holds(keyspace?.tables[index]));
  return [...tables.filter((_, index) => fits[index]), ...tables.filter((_, index) => !fits[index])];
}

/** After a keyspace its tables and types; after a column of a user-defined type its fields. */
function afterDot({ lead, schema, chosen, home, verb }: Context): Suggestion[] {
  const name = nameOf(lead.at(-2));
  if (name === undefined) return [];
  const fields = fieldsOf(home, name);
  if (!expectsTable(lead.slice(0, -2)) && fields.length > 0) return fields;
  const keyspace = schema.keyspaces.find((one) => one.name === name);
  const isDeclared = verb === 'CREATE' || verb === 'ALTER';
  const types = (keyspace?.types ?? []).map(
    (type): Suggestion => ({ text: quoteIdentifier(type.name), kind: 'type', detail: 'type' }),
  );
  const declared = isDeclared && !expectsTable(lead.slice(0, -2)) && keyspace === chosen ? types : [];
  return [...declared, ...tablesOf(keyspace), ...(declared.length > 0 ? [] : types)];
}

function fieldsOf(home: Context['home'], column: string): Suggestion[] {
  const type = home?.table.columns.find(({ name }) => name === column)?.type ?? '';
  const named = unquoteIdentifier(type.replace(/^frozen<(.*)>$/, '$1'));
  const fields = home?.keyspace.types.find(({ name }) => name === named)?.fields ?? [];
  return fields.map(({ name, type: of }) => ({ text: quoteIdentifier(name), kind: 'field', detail: of }));
}

const CLAUSES: Readonly<Record<string, ReadonlySet<string>>> = {
  SELECT: new Set('SELECT FROM WHERE ORDER GROUP LIMIT PER ALLOW'.split(' ')),
  INSERT: new Set('INTO VALUES JSON IF USING'.split(' ')),
  UPDATE: new Set('UPDATE USING SET WHERE IF'.split(' ')),
  DELETE: new Set('DELETE FROM USING WHERE IF'.split(' ')),
};

/** What belongs into the clause at the cursor; null where the statement or the clause is not known. */
function clauseAt(context: Context): Suggestion[] | null {
  const { lead, verb } = context;
  const words = CLAUSES[verb];
  if (words === undefined) return null;
  const at = lastWord(lead, words);
  switch (wordOf(lead[at])) {
    case 'SELECT':
      return selected(context, at);
    case 'DELETE':
      return deleted(context, at);
    case 'FROM':
      return keywords(verb === 'SELECT' ? AFTER_FROM : ['WHERE', 'USING TIMESTAMP']);
    case 'WHERE':
      return condition(context, at);
    case 'ORDER':
    case 'GROUP':
      return ordered(context, at);
    case 'INTO':
    case 'VALUES':
      return inserted(context, at);
    case 'UPDATE':
      return keywords(['SET', 'USING TTL', 'USING TIMESTAMP']);
    case 'SET':
      return assigned(context, at);
    case 'USING':
      return using(context, at);
    case 'IF':
      return conditional(context, at);
    case 'LIMIT':
    case 'PER':
      return limited(lead, at);
    default:
      return [];
  }
}

const AFTER_FROM = ['WHERE', 'ORDER BY', 'GROUP BY', 'PER PARTITION LIMIT', 'LIMIT', 'ALLOW FILTERING'];

function columnsHere({ home, schema, keyspace }: Context): Suggestion[] {
  return home === undefined ? columnsOfAll(schema.keyspaces, keyspace) : ranked(home.table.columns).map(columnOption);
}

function selected(context: Context, at: number): Suggestion[] {
  const { lead } = context;
  const last = lead.at(-1);
  const isBegun =
    lead.length - 1 === at || isSign(last, ',', '(', '+', '-', '/', '%') || ['DISTINCT', 'JSON'].includes(wordOf(last));
  if (wordOf(last) === 'AS') return openBrackets(lead).length > 0 ? typesOf(context) : [];
  if (!isBegun) return keywords(openBrackets(lead).length > 0 ? ['AS'] : ['FROM', 'AS']);
  const own = lead.length - 1 === at ? keywords(['DISTINCT', 'JSON']) : [];
  const star: Suggestion[] = isSign(last, '(') ? [] : [{ text: '*', kind: 'operator' }];
  return [...columnsHere(context), ...star, ...own, ...functionsOf(context)];
}

function deleted(context: Context, at: number): Suggestion[] {
  const isNamed = context.lead.length - 1 > at && !isSign(context.lead.at(-1), ',');
  if (isNamed) return keywords(['FROM']);
  const open = (context.home?.table.columns ?? []).filter((column) => !isKey(column)).map(columnOption);
  return [...(context.lead.length - 1 === at ? keywords(['FROM']) : []), ...open];
}

function functionsOf({ release, chosen }: Context): Suggestion[] {
  const own = (chosen?.functions ?? []).map(({ name, argumentTypes, returnType }): Suggestion => {
    return {
      text: `${quoteIdentifier(name)}()`,
      kind: 'function',
      detail: `(${argumentTypes.join(', ')}) → ${returnType}`,
    };
  });
  const natives = [...wordsOf(FUNCTIONS, release), 'CAST()'].map((text): Suggestion => {
    const [signature] = nativeSignatures(text.replace(/\(.*/, '').toLowerCase(), release);
    const detail = signature === undefined ? {} : { detail: `→ ${signature.result}` };
    return { text, kind: 'function', ...detail };
  });
  return [...own, ...natives];
}

const OPERATORS: ReadonlySet<string> = new Set(['=', '<', '>', '<=', '>=', '!=', '+=', '-=']);
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

function condition(context: Context, at: number): Suggestion[] {
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

const symbols = (texts: readonly string[]) => texts.map((text): Suggestion => ({ text, kind: 'operator' }));
const anyOperator = () => symbols(['=', 'IN', '<', '<=', '>', '>=', 'CONTAINS', 'CONTAINS KEY', 'LIKE']);

/** Values of the column's type: what has a name, and functions that give it. */
function valuesFor(context: Context, name: string | undefined, isList = false): Suggestion[] {
  if (isList) return symbols(['()']);
  const type = context.home?.table.columns.find((column) => column.name === name)?.type;
  const values = type === 'boolean' ? ['true', 'false'] : [];
  const given = nativeResults(type).filter((text) => functionsOf(context).some((one) => one.text === text));
  return [
    ...values.map((text): Suggestion => ({ text, kind: 'value' })),
    ...given.map((text): Suggestion => ({ text, kind: 'function', detail: `→ ${type}` })),
    { text: '?', kind: 'value', detail: 'a parameter' },
  ];
}

/** Functions without a column that give a type. */
function nativeResults(type: string | undefined): readonly string[] {
  switch (type) {
    case 'uuid':
      return ['uuid()', 'now()'];
    case 'timeuuid':
      return ['now()', 'min_timeuuid()', 'max_timeuuid()', 'minTimeuuid()', 'maxTimeuuid()'];
    case 'timestamp':
      return ['current_timestamp()', 'currentTimestamp()', 'to_timestamp()', 'toTimestamp()'];
    case 'date':
      return ['current_date()', 'currentDate()', 'to_date()', 'toDate()'];
    case 'time':
      return ['current_time()', 'currentTime()'];
    case 'blob':
      return ['text_as_blob()', 'textAsBlob()'];
    default:
      return [];
  }
}

/** ORDER BY and GROUP BY take the columns of the key in their order. */
function ordered({ lead, home, schema }: Context, at: number): Suggestion[] {
  if (wordOf(lead[at + 1]) !== 'BY') return keywords(['BY']);
  const isOrder = wordOf(lead[at]) === 'ORDER';
  const parts = partsAfter(lead, at + 1);
  const last = parts.at(-1) ?? [];
  if (last.length > 0) {
    if (wordOf(last.at(-1)) === 'ANN') return keywords(['OF']);
    if (wordOf(last.at(-1)) === 'OF') return symbols(['[]']);
    return keywords(
      isOrder && last.length === 1
        ? ['DESC', 'ASC', 'LIMIT', 'ALLOW FILTERING']
        : ['LIMIT', 'PER PARTITION LIMIT', 'ALLOW FILTERING', ...(isOrder ? [] : ['ORDER BY'])],
    );
  }
  if (home === undefined) return [];
  const given = new Set(parts.map(([name]) => nameOf(name)));
  const keys = ranked(home.table.columns).filter((column) => (isOrder ? column.kind === 'clustering' : isKey(column)));
  const shape = shapeOf(home.keyspace, home.table, schema.keyspaces);
  const vectors = isOrder
    ? home.table.columns.filter(
        ({ name }) =>
          vectorIndexOf(shape, name) !== undefined &&
          /^vector</.test(home.table.columns.find((one) => one.name === name)?.type ?? ''),
      )
    : [];
  const next = keys.find(({ name }) => !given.has(name));
  return [
    ...(next === undefined ? [] : [columnOption(next)]),
    ...vectors.map(
      ({ name, type }): Suggestion => ({ text: `${quoteIdentifier(name)} ANN OF []`, kind: 'column', detail: type }),
    ),
  ];
}

/** `INSERT INTO t (…) VALUES (…)`. */
function inserted(context: Context, at: number): Suggestion[] {
  const { lead, home } = context;
  const columns = ranked(home?.table.columns ?? []);
  const open = openBrackets(lead).find((index) => index > at);
  if (wordOf(lead[at]) === 'VALUES') {
    if (open === undefined)
      return isSign(lead.at(-1), ')') ? keywords(['IF NOT EXISTS', 'USING TTL', 'USING TIMESTAMP']) : symbols(['()']);
    const names = insertedNames(lead);
    const name = names[partsAfter(lead, open).length - 1];
    const type = columns.find((column) => column.name === name)?.type;
    return valuesFor(context, name).map((option) =>
      option.text === '?' && name !== undefined ? { ...option, detail: `${name} ${type ?? ''}`.trim() } : option,
    );
  }
  if (open !== undefined) {
    if (nameOf(lead.at(-1)) !== undefined) return [];
    const given = new Set(partsAfter(lead, open).map(([name]) => nameOf(name)));
    return columns.filter(({ name }) => !given.has(name)).map(columnOption);
  }
  if (isSign(lead.at(-1), ')')) return keywords(['VALUES']);
  const list = `(${columns.map(({ name }) => quoteIdentifier(name)).join(', ')})`;
  const whole: Suggestion[] =
    columns.length === 0 ? symbols(['()']) : [{ text: list, kind: 'column', detail: 'all columns' }];
  return [...whole, ...keywords(['JSON'])];
}

function insertedNames(lead: readonly Token[]): (string | undefined)[] {
  const open = lead.findIndex((token) => isSign(token, '('));
  const close = lead.findIndex((token) => isSign(token, ')'));
  return partsAfter(lead.slice(0, close), open).map(([name]) => nameOf(name));
}

function assigned(context: Context, at: number): Suggestion[] {
  const { lead, home } = context;
  const part = partsAfter(lead, at).at(-1) ?? [];
  const name = nameOf(part[0]);
  const type = home?.table.columns.find((column) => column.name === name)?.type;
  if (part.length === 0) {
    const given = new Set(
      partsAfter(lead, at).flatMap(([first, next]) => (isSign(next, '=') ? (nameOf(first) ?? []) : [])),
    );
    const open = ranked(home?.table.columns ?? []).filter((column) => !isKey(column) && !given.has(column.name));
    return home === undefined ? columnsHere(context) : open.map(columnOption);
  }
  if (part.length === 1 && name !== undefined)
    return type === 'counter'
      ? symbols(['+=', '-=', '='])
      : symbols(['=', ...(/^(list|set|map)</.test(type ?? '') ? ['+=', '-='] : [])]);
  if (OPERATORS.has(part.at(-1)?.text ?? '')) {
    const itself: Suggestion[] =
      name !== undefined && /^(counter$|list<|set<|map<)/.test(type ?? '') && isSign(part.at(-1), '=')
        ? [{ text: `${quoteIdentifier(name)} + `, kind: 'value' }]
        : [];
    return [...itself, ...valuesFor(context, name)];
  }
  return openBrackets(part).length > 0 ? [] : keywords(['WHERE']);
}

/** `USING TTL 60 AND TIMESTAMP 5`; a DELETE has no TTL, a counter neither. */
function using({ lead, verb, home }: Context, at: number): Suggestion[] {
  const own = lead.slice(at + 1);
  const isCounter = home?.table.columns.some(({ type }) => type === 'counter') ?? false;
  const able = isCounter ? [] : verb === 'DELETE' ? ['TIMESTAMP'] : ['TTL', 'TIMESTAMP'];
  const left = able.filter((word) => !own.some((token) => wordOf(token) === word));
  const last = own.at(-1);
  if (last === undefined || wordOf(last) === 'AND') return keywords(left);
  if (wordOf(last) === 'TTL' || wordOf(last) === 'TIMESTAMP')
    return [{ text: '?', kind: 'value', detail: wordOf(last) === 'TTL' ? 'seconds' : 'microseconds since 1970' }];
  const next = verb === 'UPDATE' ? ['SET'] : verb === 'DELETE' ? ['WHERE'] : [];
  return keywords([...(left.length > 0 ? ['AND'] : []), ...next]);
}

/** IF of a conditional write: of an INSERT only that the row is not there, of others any column but the key's. */
function conditional(context: Context, at: number): Suggestion[] {
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

function limited(lead: readonly Token[], at: number): Suggestion[] {
  const own = lead.slice(at + 1).map(wordOf);
  if (wordOf(lead[at]) === 'PER') return keywords(own.includes('PARTITION') ? ['LIMIT'] : ['PARTITION LIMIT']);
  return lead.length - 1 === at
    ? [{ text: '?', kind: 'value', detail: 'a number of rows' }]
    : keywords(['ALLOW FILTERING']);
}

/** Where the statement is none that is known here. */
function anything(context: Context): Suggestion[] {
  return [
    ...(context.home === undefined ? [] : columnsHere(context)),
    ...keywords(wordsOf(KEYWORDS, context.release)),
    ...wordsOf(FUNCTIONS, context.release).map((text): Suggestion => ({ text, kind: 'function' })),
    ...typesOf(context),
  ];
}

function keyspacesOf(keyspaces: readonly Keyspace[]): Suggestion[] {
  const own = ({ system, virtual }: Keyspace) => Number(system || virtual);
  return keyspaces
    .toSorted((one, other) => own(one) - own(other))
    .map(({ name }) => ({ text: quoteIdentifier(name), kind: 'keyspace' }));
}

function tablesOf(keyspace: Keyspace | undefined): Suggestion[] {
  return (keyspace?.tables ?? []).map(({ name, kind }) => {
    return { text: quoteIdentifier(name), kind: 'table', ...(kind === 'view' ? { detail: 'view' } : {}) };
  });
}

function typesOf({ chosen, release }: Pick<Context, 'chosen' | 'release'>): Suggestion[] {
  const own = (chosen?.types ?? []).map(
    ({ name }): Suggestion => ({ text: quoteIdentifier(name), kind: 'type', detail: 'type' }),
  );
  return [...wordsOf(TYPE_NAMES, release).map((text): Suggestion => ({ text, kind: 'type' })), ...own];
}

function keywords(list: readonly string[]): Suggestion[] {
  return list.map((text) => ({ text, kind: 'keyword' }));
}
