import type { Keyspace, Table } from '@/lib/contract/schema';
import type { Refusal, StatementKind } from '@/lib/contract/statements';
import { qualifiedName, quoteIdentifier, unquoteIdentifier } from './identifiers';
import { type Token, tokenize } from './lexer';
import { list, refusal, unknownName } from './refusals';
import type { StatementTarget } from './statement-target';
import { type QualifiedName, TokenReader } from './token-reader';
import { type AnalysisContext, type ChangeAnalysis, changeOf } from './write-analysis';

/** A schema statement with what the schema has of its names. */
interface Ddl {
  readonly kind: 'create' | 'alter' | 'drop';
  /** `TABLE`, `MATERIALIZED VIEW`, `CUSTOM INDEX`. */
  readonly object: string;
  readonly target: QualifiedName;
  readonly reader: TokenReader;
  /** IF EXISTS, IF NOT EXISTS, OR REPLACE: it does nothing, or replaces, where it would be refused. */
  readonly isTolerant: boolean;
  /** The target's keyspace: the named one, else the one in use. */
  readonly keyspaceName: string | undefined;
  readonly keyspace: Keyspace | undefined;
  readonly context: AnalysisContext;
  readonly found: Token | undefined;
}

interface Findings {
  readonly facts: readonly string[];
  readonly refused?: Refusal;
}

const factsOnly = (...facts: readonly string[]): Findings => ({ facts });

/** What CREATE, ALTER and DROP make, drop and depend on, by the schema. */
export function analyseSchemaChange(
  kind: 'create' | 'alter' | 'drop',
  tokens: readonly Token[],
  { verb, target }: StatementTarget,
  context: AnalysisContext,
): ChangeAnalysis {
  const object = verb.replace(/^\S+ (OR REPLACE )?/, '');
  const isRoles = /^(ROLE|USER|IDENTITY)$/.test(object);
  if (target === null)
    return { change: changeOf({ scope: 'schema', summary: 'schema change' }), refusal: null, warnings: [] };
  if (isRoles) return roles(kind, object, target);
  const ddl = ddlOf(kind, object, target, tokens, context);
  const { facts, refused } = findingsOf(ddl);
  const change = changeOf({
    scope: refused === undefined ? 'schema' : 'none',
    summary: refused === undefined ? summaryOf(ddl) : 'nothing: refused',
    facts: [...facts],
    keyspaces: ddl.keyspaceName === undefined ? [] : [ddl.keyspaceName],
  });
  return { change, refusal: refused ?? null, warnings: lossesOf(ddl) };
}

/** What is gone with it, whatever the schema says. */
function lossesOf(ddl: Ddl): readonly string[] {
  const word = wordOf(ddl.object);
  if (ddl.kind === 'drop' && word === 'keyspace') return ['Drops the keyspace with every table and every row in it'];
  if (ddl.kind === 'drop' && word === 'table') return ['Drops the table with every row in it'];
  const dropsColumns = ddl.kind === 'alter' && word === 'table' && droppedColumns(ddl).length > 0;
  return dropsColumns ? ['Dropping a column loses its values in every row'] : [];
}

function roles(kind: StatementKind, object: string, target: QualifiedName): ChangeAnalysis {
  const verb = kind === 'create' ? 'makes' : kind === 'drop' ? 'drops' : 'changes';
  const summary = `${verb} the ${object.toLowerCase()} ${target.name}`;
  const facts = kind === 'drop' ? ['Its permissions go with it; sessions that are open stay open.'] : [];
  return { change: changeOf({ scope: 'roles', summary, facts }), refusal: null, warnings: [] };
}

function ddlOf(
  kind: Ddl['kind'],
  object: string,
  target: QualifiedName,
  tokens: readonly Token[],
  context: AnalysisContext,
): Ddl {
  const reader = new TokenReader(tokens);
  const words = tokens.slice(0, 8).map(({ text }) => text.toUpperCase());
  const isTolerant = words.includes('IF') || words.includes('REPLACE');
  const isKeyspace = object === 'KEYSPACE' || object === 'SCHEMA';
  const keyspaceName = isKeyspace ? target.name : (target.keyspace ?? context.keyspace);
  const keyspace = keyspaceName === undefined ? undefined : context.schema?.keyspace(keyspaceName);
  const found = tokens.find(
    ({ text, kind: of }) => (of === 'word' || of === 'quoted') && unquoteIdentifier(text) === target.name,
  );
  return { kind, object, target, reader, isTolerant, keyspaceName, keyspace, context, found };
}

const OBJECT_WORDS: Readonly<Record<string, string>> = {
  SCHEMA: 'keyspace',
  COLUMNFAMILY: 'table',
  'CUSTOM INDEX': 'index',
};

function wordOf(object: string): string {
  return OBJECT_WORDS[object] ?? object.toLowerCase();
}

function nameOf({ object, target, keyspaceName }: Ddl): string {
  const isKeyspace = object === 'KEYSPACE' || object === 'SCHEMA';
  return isKeyspace ? quoteIdentifier(target.name) : qualifiedName(target.keyspace ?? keyspaceName, target.name);
}

function summaryOf(ddl: Ddl): string {
  const word = wordOf(ddl.object);
  const verb = ddl.kind === 'create' ? 'makes' : ddl.kind === 'drop' ? 'drops' : 'changes';
  // An index without a name is called after its table: the target is the table then.
  if (word === 'index' && ddl.kind === 'create') return `makes an index on ${indexedTable(ddl)}`;
  return `${verb} the ${word} ${nameOf(ddl)}`;
}

function findingsOf(ddl: Ddl): Findings {
  const { kind, keyspace, keyspaceName, context, object, target, isTolerant, found } = ddl;
  if (context.schema === undefined)
    return factsOnly('What depends on it is unknown: Ringside does not know the schema.');
  const isKeyspace = object === 'KEYSPACE' || object === 'SCHEMA';
  if (keyspaceName === undefined) return factsOnly('The keyspace is missing: choose one, or write it before the name.');
  if (!isKeyspace && keyspace === undefined) {
    return { facts: [], refused: refusal(`there is no keyspace ${keyspaceName}`, found ? rangeOf(found) : null) };
  }
  if (kind === 'create') return findCreate(ddl);
  const names = isKeyspace ? [] : namesOf(ddl);
  const exists = isKeyspace ? keyspace !== undefined : names === null || names.includes(target.name);
  if (!exists && isTolerant) return factsOnly(`There is no ${wordOf(object)} ${nameOf(ddl)}: nothing changes.`);
  if (!exists && found !== undefined) {
    return {
      facts: [],
      refused: unknownName(`there is no ${wordOf(object)} ${nameOf(ddl)}`, found, target.name, names ?? []),
    };
  }
  return kind === 'drop' ? findDrop(ddl) : findAlter(ddl);
}

function rangeOf({ start, end }: Token) {
  return { from: start, to: end };
}

/** The names of this kind that the keyspace has; null where the schema does not list them. */
function namesOf({ object, keyspace }: Ddl): readonly string[] | null {
  if (keyspace === undefined) return null;
  const tables = (kind: Table['kind']) =>
    keyspace.tables.filter((table) => table.kind === kind).map(({ name }) => name);
  const functions = (kind: string) => keyspace.functions.filter((one) => one.kind === kind).map(({ name }) => name);
  switch (wordOf(object)) {
    case 'table':
      return tables('table');
    case 'materialized view':
      return tables('view');
    case 'type':
      return keyspace.types.map(({ name }) => name);
    case 'function':
      return functions('function');
    case 'aggregate':
      return functions('aggregate');
    case 'index':
      return keyspace.tables.flatMap(({ indexes }) => indexes.map(({ name }) => name));
    default:
      return null;
  }
}

function findCreate(ddl: Ddl): Findings {
  const { object, keyspace, target, isTolerant, found } = ddl;
  const word = wordOf(object);
  const names = word === 'keyspace' ? (keyspace === undefined ? [] : [target.name]) : namesOf(ddl);
  const isNamedIndex =
    word !== 'index' || ddl.reader.tokens.some((token) => token === found && nextIs(ddl, token, 'ON'));
  if (isNamedIndex && names?.includes(target.name) === true && !/function|aggregate/.test(word)) {
    if (isTolerant) return factsOnly(`The ${word} ${nameOf(ddl)} is there already: nothing changes.`);
    const range = found === undefined ? null : rangeOf(found);
    return { facts: [], refused: refusal(`there is a ${word} ${nameOf(ddl)} already`, range) };
  }
  if (word === 'index')
    return factsOnly('Every node builds it from the rows it has, and each write to the table keeps it.');
  if (word === 'materialized view')
    return factsOnly('Every node builds it from the table, and each write to the table writes it too.');
  return factsOnly();
}

function nextIs({ reader }: Ddl, token: Token, word: string): boolean {
  return reader.tokens[reader.tokens.indexOf(token) + 1]?.text.toUpperCase() === word;
}

/** `ks.t` of `CREATE INDEX … ON ks.t (…)`. */
function indexedTable({ reader, keyspaceName }: Ddl): string {
  const on = reader.tokens.findIndex(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'ON');
  const rest = new TokenReader(reader.tokens.slice(on + 1));
  const table = on < 0 ? undefined : rest.takeQualifiedName();
  return table === undefined ? 'a table' : qualifiedName(table.keyspace ?? keyspaceName, table.name);
}

const counted = (count: number, word: string) => `${count} ${count === 1 ? word : `${word}s`}`;

function findDrop(ddl: Ddl): Findings {
  const { object, keyspace, target } = ddl;
  if (keyspace === undefined) return factsOnly();
  switch (wordOf(object)) {
    case 'keyspace':
      return findDropKeyspace(keyspace);
    case 'table':
      return findDropTable(ddl, keyspace);
    case 'materialized view':
      return factsOnly('Its table and every row in that stay.');
    case 'type':
      return findDropType(ddl, keyspace);
    case 'index': {
      const table = keyspace.tables.find(({ indexes }) => indexes.some(({ name }) => name === target.name));
      return factsOnly(
        `The rows of ${qualifiedName(keyspace.name, table?.name ?? '')} stay; what it served needs ALLOW FILTERING then.`,
      );
    }
    case 'function':
      return factsOnly(
        'Cassandra refuses this while an aggregate or a table uses it; the schema that Ringside reads does not say.',
      );
    default:
      return factsOnly();
  }
}

function findDropKeyspace({ tables, types, functions }: Keyspace): Findings {
  const of = (kind: Table['kind']) => tables.filter((table) => table.kind === kind);
  const parts = [
    counted(of('table').length, 'table'),
    ...(of('view').length > 0 ? [counted(of('view').length, 'view')] : []),
    ...(types.length > 0 ? [counted(types.length, 'type')] : []),
    ...(functions.length > 0 ? [counted(functions.length, 'function')] : []),
  ];
  const named = of('table')
    .slice(0, 10)
    .map(({ name }) => quoteIdentifier(name));
  const more = of('table').length > 10 ? ` and ${of('table').length - 10} more` : '';
  const facts = [`It has ${list(parts)}${named.length === 0 ? '' : `: ${named.join(', ')}${more}`}.`];
  return { facts };
}

function viewsOf(keyspace: Keyspace, table: string): string[] {
  return keyspace.tables
    .filter(({ kind, baseTable }) => kind === 'view' && baseTable === table)
    .map(({ name }) => name);
}

function findDropTable({ target, found }: Ddl, keyspace: Keyspace): Findings {
  const views = viewsOf(keyspace, target.name);
  if (views.length > 0) {
    const problem = `${list(views)} ${views.length === 1 ? 'is a view' : 'are views'} of it: drop ${views.length === 1 ? 'it' : 'them'} first`;
    return { facts: [], refused: refusal(problem, found ? rangeOf(found) : null) };
  }
  const indexes = keyspace.tables.find(({ name }) => name === target.name)?.indexes ?? [];
  const facts =
    indexes.length === 0
      ? []
      : [
          `Its ${counted(indexes.length, 'index').replace('indexs', 'indexes')} (${indexes.map(({ name }) => name).join(', ')}) go with it.`,
        ];
  return { facts };
}

/** True where a type's text names it: `frozen<list<frozen<address>>>`. */
function mentions(type: string, name: string): boolean {
  return tokenize(type).some(
    ({ kind, text }) => (kind === 'word' || kind === 'quoted') && unquoteIdentifier(text) === name,
  );
}

/** What a user-defined type is part of, within its keyspace: other keyspaces cannot use it. */
function usersOfType(keyspace: Keyspace, name: string): string[] {
  const tables = keyspace.tables.filter(({ columns }) => columns.some(({ type }) => mentions(type, name)));
  const types = keyspace.types.filter(({ fields }) => fields.some(({ type }) => mentions(type, name)));
  const functions = keyspace.functions.filter(({ argumentTypes, returnType }) =>
    [...argumentTypes, returnType].some((type) => mentions(type, name)),
  );
  return [
    ...tables.map((table) => `the table ${quoteIdentifier(table.name)}`),
    ...types.map((type) => `the type ${quoteIdentifier(type.name)}`),
    ...functions.map((one) => `the ${one.kind} ${quoteIdentifier(one.name)}`),
  ];
}

function findDropType({ target, found }: Ddl, keyspace: Keyspace): Findings {
  const users = usersOfType(keyspace, target.name);
  if (users.length === 0) return factsOnly('No table, type or function of its keyspace uses it.');
  const problem = `${list(users)} ${users.length === 1 ? 'uses' : 'use'} it`;
  return { facts: [], refused: refusal(problem, found ? rangeOf(found) : null) };
}

function findAlter(ddl: Ddl): Findings {
  const { object, keyspace, target } = ddl;
  const word = wordOf(object);
  if (keyspace === undefined) return factsOnly();
  if (word === 'keyspace')
    return factsOnly('A change of replication moves no data: run a repair of the keyspace afterwards.');
  if (word === 'type') {
    const users = usersOfType(keyspace, target.name);
    return factsOnly(users.length === 0 ? 'Nothing uses it.' : `It is part of ${list(users)}.`);
  }
  const table = keyspace.tables.find(({ name }) => name === target.name);
  return word === 'table' && table !== undefined ? findAlterTable(ddl, keyspace, table) : factsOnly();
}

/** The columns that ALTER TABLE … DROP names, with their tokens. */
function droppedColumns({ reader }: Ddl): readonly Token[] {
  const at = reader.tokens.findIndex(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'DROP');
  const rest = at < 0 ? [] : reader.tokens.slice(at + 1);
  if (/^(MASKED|COMPACT)$/i.test(rest[0]?.text ?? '')) return [];
  const end = rest.findIndex(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'USING');
  const isFlag = (token: Token, index: number) =>
    index < 2 && /^(IF|EXISTS)$/i.test(token.text) && token.kind === 'word';
  return rest
    .slice(0, end < 0 ? undefined : end)
    .filter((token, index) => (token.kind === 'word' || token.kind === 'quoted') && !isFlag(token, index));
}

function findAlterTable(ddl: Ddl, keyspace: Keyspace, table: Table): Findings {
  const dropped = droppedColumns(ddl);
  const views = viewsOf(keyspace, table.name);
  for (const token of dropped) {
    const name = unquoteIdentifier(token.text);
    const column = table.columns.find((one) => one.name === name);
    const names = table.columns.map((one) => one.name);
    if (column === undefined) {
      if (ddl.isTolerant) continue;
      return { facts: [], refused: unknownName(`there is no column ${name}`, token, name, names) };
    }
    const problem = whyNotDropped(column, table, views);
    if (problem !== null) return { facts: [], refused: refusal(problem, rangeOf(token)) };
  }
  if (dropped.length > 0) return factsOnly();
  return views.length === 0
    ? factsOnly()
    : factsOnly(`${list(views)} ${views.length === 1 ? 'is a view' : 'are views'} of it.`);
}

function whyNotDropped(
  { name, kind }: Table['columns'][number],
  table: Table,
  views: readonly string[],
): string | null {
  if (kind === 'partition_key' || kind === 'clustering') return `${name} is part of the key`;
  const indexes = table.indexes.filter(({ target }) => mentions(target, name)).map((index) => index.name);
  if (indexes.length > 0) return `the index ${list(indexes)} is on ${name}: drop that first`;
  return views.length === 0 ? null : `${list(views)} ${views.length === 1 ? 'is a view' : 'are views'} of it`;
}

/** What TRUNCATE removes. */
export function analyseTruncate(
  target: QualifiedName | null,
  token: Token | undefined,
  context: AnalysisContext,
): ChangeAnalysis {
  const keyspaceName = target?.keyspace ?? context.keyspace;
  const keyspace = keyspaceName === undefined ? undefined : context.schema?.keyspace(keyspaceName);
  const warnings = ['Removes every row of the table, on every node; all nodes must be up'];
  const keyspaces = keyspaceName === undefined ? [] : [keyspaceName];
  const table = keyspace?.tables.find(({ name }) => name === target?.name);
  if (target !== null && keyspace !== undefined && table === undefined && token !== undefined) {
    const names = keyspace.tables.filter(({ kind }) => kind === 'table').map(({ name }) => name);
    const refused = unknownName(
      `there is no table ${qualifiedName(keyspace.name, target.name)}`,
      token,
      target.name,
      names,
    );
    return {
      change: changeOf({ scope: 'none', summary: 'nothing: refused', keyspaces }),
      refusal: refused,
      warnings: [],
    };
  }
  const views = keyspace === undefined || table === undefined ? [] : viewsOf(keyspace, table.name);
  const facts =
    views.length === 0 ? [] : [`${list(views)}, made from it, ${views.length === 1 ? 'is' : 'are'} emptied too.`];
  return {
    change: changeOf({ scope: 'table', summary: 'every row of the table', facts, keyspaces }),
    refusal: null,
    warnings,
  };
}
