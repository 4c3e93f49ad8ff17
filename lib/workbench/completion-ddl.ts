import type { Keyspace } from '@/lib/contract/schema';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { Token } from '@/lib/cql/lexer';
import {
  ALTER_CONDITIONS,
  INDEX_CLASS_OF_ANY,
  INDEX_CLASSES,
  INDEX_OPTIONS,
  KEYSPACE_OPTIONS,
  knownTo,
  type Option,
  PERMISSIONS,
  ROLE_OPTIONS,
  TABLE_OPTIONS,
} from '@/lib/cql/options';
import { isKey, ranked } from './completion-columns';
import { isSign, lastWord, nameOf, openBrackets, partsAfter, tableIn, type Written, wordOf } from './completion-place';
import type { Suggestion } from './suggestion';

export interface DdlContext extends Written {
  readonly keyspaces: readonly Keyspace[];
  readonly used: Keyspace | undefined;
  readonly release: string | null;
  /** Types, as they are offered wherever a type belongs. */
  readonly types: () => Suggestion[];
}

const keywords = (...texts: readonly string[]) => texts.map((text): Suggestion => ({ text, kind: 'keyword' }));

/** What comes next in CREATE, ALTER, DROP, GRANT and the like; null: not known here. */
export function ddlOptions(context: DdlContext): Suggestion[] | null {
  const { lead } = context;
  switch (wordOf(lead[0])) {
    case 'CREATE':
      return withOptions(context) ?? indexUsing(context) ?? created(context);
    case 'ALTER':
      return withOptions(context) ?? altered(context);
    case 'DROP':
      return dropped(context);
    case 'GRANT':
    case 'REVOKE':
      return granted(context);
    default:
      return null;
  }
}

const objectOf = (lead: readonly Token[]) => {
  const at = lead.findIndex((token) => OBJECTS.has(wordOf(token)));
  return at < 0 ? { object: '', at } : { object: wordOf(lead[at]), at };
};
const OBJECTS: ReadonlySet<string> = new Set('TABLE KEYSPACE TYPE INDEX VIEW ROLE USER FUNCTION AGGREGATE'.split(' '));

function optionsFor(object: string): readonly Option[] {
  if (object === 'KEYSPACE') return KEYSPACE_OPTIONS;
  if (object === 'INDEX') return INDEX_OPTIONS;
  return object === 'ROLE' || object === 'USER' ? ROLE_OPTIONS : TABLE_OPTIONS;
}

const WITH: ReadonlySet<string> = new Set(['WITH']);

/** After WITH: the names of options, their values, and the keys and values of those that are maps. */
function withOptions(context: DdlContext): Suggestion[] | null {
  const { lead, all, keyspaces, used, release } = context;
  const open = openBrackets(lead);
  const outer = open[0] ?? lead.length;
  const at = lastWord(lead.slice(0, outer), WITH);
  if (at < 0) return null;
  const { object } = objectOf(lead);
  const own = lead.slice(at + 1);
  const begin =
    Math.max(
      own.findLastIndex((token) => wordOf(token) === 'AND'),
      -1,
    ) + 1;
  const part = own.slice(begin);
  const known = knownTo(optionsFor(object), release).filter(({ before }) => before === undefined);
  if (wordOf(part[0]) === 'CLUSTERING') return clusteringOrder(part, all, keyspaces, used);
  if (part.length === 0) {
    const clustering = wordOf(lead[0]) === 'CREATE' && object === 'TABLE' ? keywords('CLUSTERING ORDER BY ()') : [];
    const given = new Set(all.map((token) => token.text.toLowerCase()));
    const left = known.filter(({ name }) => !given.has(name.toLowerCase()));
    return [
      ...clustering,
      ...left.map((option): Suggestion => ({ text: writtenOption(option), kind: 'option', ...detail(option) })),
    ];
  }
  const option = known.find(({ name }) => name.toLowerCase() === nameOf(part[0]));
  if (option === undefined) return [];
  if (part.length === 1) return [{ text: option.keys === undefined ? '= ' : '= {}', kind: 'operator' }];
  const brace = part.findIndex((token) => isSign(token, '{'));
  if (brace < 0) return isSign(part.at(-1), '=') ? valuesOf(option.values, option.keys) : keywords('AND');
  if (part.some((token) => isSign(token, '}'))) return keywords('AND');
  return inMap(option, part.slice(brace), release);
}

const detail = ({ about }: Option) => (about === undefined ? {} : { detail: about });
const writtenOption = ({ name, keys, values }: Option) =>
  keys !== undefined ? `${name} = {}` : values === undefined ? name : `${name} = `;

function valuesOf(values: readonly string[] | undefined, keys: Option['keys']): Suggestion[] {
  if (keys !== undefined) return [{ text: '{}', kind: 'value' }];
  return (values ?? []).map((text) => ({ text, kind: 'value' }));
}

/** `{'class': 'X', …`: keys of that class that are not there yet, then the values of the last. */
function inMap(option: Option, map: readonly Token[], release: string | null): Suggestion[] {
  const keys = knownTo(option.keys ?? [], release);
  const inner = (token: Token | undefined) => token?.text.slice(1, -1) ?? '';
  const pairs = partsAfter(map, 0);
  const chosen = pairs.find(([key]) => inner(key) === 'class')?.[2];
  const last = pairs.at(-1) ?? [];
  if (last.length === 0) {
    const given = new Set(pairs.map(([key]) => inner(key)));
    const left = keys.filter(({ name, of }) => !given.has(name) && (of === undefined || of.includes(inner(chosen))));
    return [...new Set(left.map(({ name }) => name))].map((name) => ({ text: `'${name}': `, kind: 'option' }));
  }
  if (!isSign(last.at(-1), ':')) return [];
  return keys.filter(({ name }) => name === inner(last[0])).flatMap(({ values = [] }) => valuesOf(values, undefined));
}

/** The clustering columns that a CREATE TABLE declares. */
function clusteringOrder(
  part: readonly Token[],
  all: readonly Token[],
  keyspaces: readonly Keyspace[],
  used: Keyspace | undefined,
): Suggestion[] {
  const open = part.findIndex((token) => isSign(token, '('));
  if (open < 0) return part.length === 1 ? keywords('ORDER BY ()') : [];
  if (part.some((token) => isSign(token, ')'))) return keywords('AND');
  const last = partsAfter(part, open).at(-1) ?? [];
  if (last.length > 0) return last.length === 1 ? keywords('DESC', 'ASC') : [];
  const declared = declaredKey(all).slice(1);
  const ofView = tableIn(all, keyspaces, used?.name)?.table.columns.filter(({ kind }) => kind === 'clustering') ?? [];
  const names = declared.length > 0 ? declared : ofView.map(({ name }) => name);
  return names.map((name) => ({ text: quoteIdentifier(name), kind: 'column' }));
}

/** `PRIMARY KEY ((a, b), c)`: the partition key as one part, then the clustering columns. */
function declaredKey(all: readonly Token[]): string[] {
  const at = all.findIndex((token, index) => wordOf(token) === 'KEY' && isSign(all[index + 1], '('));
  if (at < 0) return [];
  const end = matching(all, at + 1);
  return partsAfter(all.slice(0, end), at + 1).map((part) => nameOf(part[0]) ?? '');
}

function matching(all: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < all.length; at++) {
    if (isSign(all[at], '(')) depth++;
    if (isSign(all[at], ')')) depth--;
    if (depth === 0) return at;
  }
  return all.length;
}

/** `CREATE INDEX ON t (…) USING …`. */
function indexUsing({ lead, all, keyspaces, used, release }: DdlContext): Suggestion[] | null {
  const { object, at } = objectOf(lead);
  const on = lead.findIndex((token) => wordOf(token) === 'ON');
  if (object !== 'INDEX' || lead.length === at + 1) return object === 'INDEX' ? keywords('ON', 'IF NOT EXISTS') : null;
  if (on < 0) return keywords('ON');
  const open = openBrackets(lead);
  if (open.length > 0) return indexed(lead, tableIn(all, keyspaces, used?.name)?.table.columns ?? []);
  const isCustom = lead.some((token) => wordOf(token) === 'CUSTOM');
  if (!isCustom && knownTo([INDEX_CLASS_OF_ANY], release).length === 0) return [];
  if (wordOf(lead.at(-1)) === 'USING') {
    return knownTo(INDEX_CLASSES, release).map(
      ({ text, detail: about }): Suggestion => ({ text, kind: 'value', detail: about }),
    );
  }
  if (isSign(lead.at(-1), ')')) return keywords('USING', 'WITH OPTIONS = {}');
  if (lead.at(-1)?.kind === 'string') return keywords('WITH OPTIONS = {}');
  return nameOf(lead.at(-1)) !== undefined && lead.length > on + 1 ? [{ text: '()', kind: 'operator' }] : null;
}

function indexed(lead: readonly Token[], columns: Parameters<typeof ranked>[0]): Suggestion[] {
  const key = columns.filter(({ kind }) => kind === 'partition_key');
  // The only column of a partition key has no index: Cassandra refuses one.
  const able = ranked(columns).filter((column) => key.length > 1 || column.kind !== 'partition_key');
  const regular = able.toSorted((one, other) => Number(isKey(one)) - Number(isKey(other)));
  const isPart = isSign(lead.at(-1), '(') && nameOf(lead.at(-2)) !== undefined && openBrackets(lead).length > 1;
  const names = regular.map(
    ({ name, type }): Suggestion => ({ text: quoteIdentifier(name), kind: 'column', detail: type }),
  );
  if (isPart) return names;
  const parts = regular.flatMap(({ name, type }) =>
    partsOfType(type).map((part) => `${part}(${quoteIdentifier(name)})`),
  );
  return [...names, ...parts.map((text): Suggestion => ({ text, kind: 'function' }))];
}

function partsOfType(type: string): string[] {
  if (/^frozen<(list|set|map)</.test(type)) return ['full'];
  if (type.startsWith('map<')) return ['keys', 'values', 'entries'];
  return /^(list|set)</.test(type) ? ['values'] : [];
}

/** `CREATE TABLE t (a |`, `PRIMARY KEY (|`, and what follows the bracket. */
function created(context: DdlContext): Suggestion[] | null {
  const { lead, types } = context;
  const { object } = objectOf(lead);
  const open = openBrackets(lead);
  if (object === 'FUNCTION' || object === 'AGGREGATE') return routine(context);
  if (object !== 'TABLE' && object !== 'TYPE') return named(object, lead);
  const [first] = open;
  if (first === undefined)
    return isSign(lead.at(-1), ')') && object === 'TABLE' ? keywords('WITH') : named(object, lead);
  const part = partsAfter(lead, first).at(-1) ?? [];
  if (wordOf(part[0]) === 'PRIMARY') {
    if (part.length === 1) return keywords('KEY ()');
    return declaredColumns(lead, first).map((name) => ({ text: quoteIdentifier(name), kind: 'column' }));
  }
  if (isSign(lead[open.at(-1) ?? 0], '<') || part.length === 1) return types();
  if (part.length === 0) return object === 'TABLE' ? keywords('PRIMARY KEY ()') : [];
  return object === 'TABLE' ? keywords('PRIMARY KEY', 'STATIC') : [];
}

function declaredColumns(lead: readonly Token[], open: number): string[] {
  const given = partsAfter(lead, open).filter(([first]) => wordOf(first) !== 'PRIMARY');
  return given.flatMap(([first]) => nameOf(first) ?? []);
}

function named(object: string, lead: readonly Token[]): Suggestion[] | null {
  const last = wordOf(lead.at(-1));
  if (OBJECTS.has(last)) return keywords('IF NOT EXISTS');
  if (object === 'KEYSPACE' || object === 'ROLE' || object === 'USER') return keywords('WITH', 'IF NOT EXISTS');
  return null;
}

function routine({ lead, types }: DdlContext): Suggestion[] | null {
  const last = lead.at(-1);
  if (['RETURNS', 'STYPE'].includes(wordOf(last))) return types();
  const open = openBrackets(lead);
  const part = open[0] === undefined ? [] : (partsAfter(lead, open[0]).at(-1) ?? []);
  if (open.length > 0 && (part.length === 1 || wordOf(lead[1]) === 'AGGREGATE')) return types();
  return null;
}

const ALTERABLE: Readonly<Record<string, readonly string[]>> = {
  TABLE: ['ADD', 'DROP', 'RENAME', 'WITH'],
  TYPE: ['ADD', 'RENAME'],
  KEYSPACE: ['WITH'],
  VIEW: ['WITH'],
  ROLE: ['WITH'],
  USER: ['WITH'],
};
const CHANGES: ReadonlySet<string> = new Set(['ADD', 'DROP', 'RENAME', 'ALTER']);

function altered({ lead, all, keyspaces, used, types, release }: DdlContext): Suggestion[] | null {
  const { object, at } = objectOf(lead);
  if (at < 0 || lead.length === at + 1) return null;
  const change = lead.findLastIndex((token, index) => index > at && CHANGES.has(wordOf(token)));
  const table = tableIn(all, keyspaces, used?.name)?.table;
  const own = (keep: (column: NonNullable<typeof table>['columns'][number]) => boolean) =>
    ranked(table?.columns ?? [])
      .filter(keep)
      .map(({ name, type }): Suggestion => ({ text: quoteIdentifier(name), kind: 'column', detail: type }));
  if (change < 0) return isSign(lead.at(-1), '.') ? null : keywords(...(ALTERABLE[object] ?? []));
  const takesConditions = knownTo([ALTER_CONDITIONS], release).length > 0;
  const part = partsAfter(lead, change).at(-1) ?? [];
  switch (wordOf(lead[change])) {
    case 'DROP':
      return [
        ...own((column) => !isKey(column)),
        ...(part.length === 0 && takesConditions ? keywords('IF EXISTS') : []),
      ];
    case 'RENAME':
      return part.length === 0 ? own(isKey) : part.length === 1 ? keywords('TO') : [];
    default: {
      const count = part.filter((token) => !isSign(token, '(')).length;
      if (count === 0) return takesConditions ? keywords('IF NOT EXISTS') : [];
      return count === 1 || openBrackets(part).length > 0 ? types() : keywords('STATIC');
    }
  }
}

function dropped({ lead, used, keyspaces }: DdlContext): Suggestion[] | null {
  const { object, at } = objectOf(lead);
  const rest = lead.slice(at + 1).map(wordOf);
  if (at < 0 || !rest.every((word) => word === 'IF' || word === 'EXISTS')) return null;
  const names = namesOf(object, used);
  if (names === null) return null;
  const whole =
    object === 'KEYSPACE'
      ? []
      : keyspaces.map(({ name }): Suggestion => ({ text: quoteIdentifier(name), kind: 'keyspace' }));
  return [...names, ...whole, ...(rest.length === 0 ? keywords('IF EXISTS') : [])];
}

function namesOf(object: string, used: Keyspace | undefined): Suggestion[] | null {
  const of = (names: readonly string[] = [], kind: Suggestion['kind'] = 'table') =>
    [...new Set(names)].map((name): Suggestion => ({ text: quoteIdentifier(name), kind }));
  const tables = used?.tables ?? [];
  switch (object) {
    case 'VIEW':
      return of(tables.filter(({ kind }) => kind === 'view').map(({ name }) => name));
    case 'TYPE':
      return of(
        used?.types.map(({ name }) => name),
        'type',
      );
    case 'INDEX':
      return of(tables.flatMap(({ indexes }) => indexes.map(({ name }) => name)));
    case 'FUNCTION':
      return of(
        used?.functions.filter(({ kind }) => kind === 'function').map(({ name }) => name),
        'function',
      );
    case 'AGGREGATE':
      return of(
        used?.functions.filter(({ kind }) => kind === 'aggregate').map(({ name }) => name),
        'function',
      );
    default:
      return null;
  }
}

const RESOURCES = [
  'ALL KEYSPACES',
  'KEYSPACE',
  'TABLE',
  'ALL TABLES IN KEYSPACE',
  'ALL ROLES',
  'ROLE',
  'ALL FUNCTIONS',
  'FUNCTION',
];

/** `GRANT SELECT ON KEYSPACE k TO role`. */
function granted({ lead, used, keyspaces, release }: DdlContext): Suggestion[] | null {
  const last = wordOf(lead.at(-1));
  if (lead.length === 1 || isSign(lead.at(-1), ','))
    return keywords(...knownTo(PERMISSIONS, release).map(({ text }) => text));
  const on = lead.findIndex((token) => wordOf(token) === 'ON');
  if (on < 0) return keywords('ON');
  const all = keyspaces.map(({ name }): Suggestion => ({ text: quoteIdentifier(name), kind: 'keyspace' }));
  const tables = (used?.tables ?? []).map(({ name }): Suggestion => ({ text: quoteIdentifier(name), kind: 'table' }));
  if (last === 'ON') return [...keywords(...RESOURCES), ...tables, ...all];
  if (last === 'KEYSPACE') return all;
  if (last === 'TABLE') return [...tables, ...all];
  if (isSign(lead.at(-1), '.') || last === 'TO' || last === 'FROM') return null;
  return keywords(wordOf(lead[0]) === 'GRANT' ? 'TO' : 'FROM');
}
