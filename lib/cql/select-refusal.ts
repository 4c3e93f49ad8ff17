import type { Refusal } from '@/lib/contract/statements';
import { planAccess } from './access-plan';
import { insertAt, type TextRange } from './help/help';
import { qualifiedName, quoteIdentifier } from './identifiers';
import type { Token } from './lexer';
import { addConditions, refusal, unknownName } from './refusals';
import { columnsOf, isPoint, type Restriction } from './restrictions';
import type { SchemaLookup, TableShape } from './schema-lookup';
import { restrictionOf } from './select-cost';
import type { ParsedSelect } from './select-parser';

type Suggestion = Refusal['suggestions'][number];

/** Why Cassandra refuses a SELECT, and what would serve it; null where it would not, or where that is uncertain. */
export function selectRefusal(
  select: ParsedSelect,
  tokens: readonly Token[],
  keyspace: string | undefined,
  schema: SchemaLookup | undefined,
): Refusal | null {
  const home = keyspace === undefined ? undefined : schema?.keyspace(keyspace);
  if (keyspace === undefined || schema === undefined || home?.virtual === true) return null;
  const table = schema.table(keyspace, select.table.name);
  if (table === undefined) return home === undefined ? null : unknownTable(select, tokens, keyspace, home.tables);
  if (table.isVirtual || select.annColumn !== null || select.allowsFiltering) return null;
  if (select.relations.some(({ form }) => form === 'token')) return null;
  const restrictions = select.relations.map(restrictionOf);
  // `!=` and the like depend on the release.
  if (restrictions.some(({ operator }) => operator === 'other')) return null;
  const plan = planAccess(table, restrictions);
  if (plan.problem === null) return null;
  const where = whereRange(tokens);
  const suggestions = [
    ...byKey(table, restrictions, where, tokens),
    ...byIndex(table, restrictions, qualifiedName(keyspace, select.table.name), tokens),
    ...(plan.filterable ? [byFiltering(tokens, plan.access === 'ring')] : []),
  ];
  return refusal(plan.problem, where, suggestions);
}

function unknownTable(
  select: ParsedSelect,
  tokens: readonly Token[],
  keyspace: string,
  tables: readonly { readonly name: string }[],
): Refusal {
  const at = tokens.findIndex(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'FROM');
  const token = select.table.keyspace === undefined ? tokens[at + 1] : tokens[at + 3];
  const problem = `there is no table ${qualifiedName(keyspace, select.table.name)}`;
  if (token === undefined) return refusal(problem, null);
  return unknownName(
    problem,
    token,
    select.table.name,
    tables.map(({ name }) => name),
  );
}

const AFTER_WHERE: ReadonlySet<string> = new Set(['GROUP', 'ORDER', 'PER', 'LIMIT', 'ALLOW']);

/** WHERE and its conditions. */
function whereRange(tokens: readonly Token[]): TextRange | null {
  const isWord = (token: Token, words: ReadonlySet<string>) =>
    token.kind === 'word' && words.has(token.text.toUpperCase());
  const from = tokens.findIndex((token) => isWord(token, new Set(['WHERE'])));
  const first = tokens[from];
  if (first === undefined) return null;
  const after = tokens.findIndex((token, at) => at > from && isWord(token, AFTER_WHERE));
  return { from: first.start, to: tokens.at(after < 0 ? -1 : after - 1)?.end ?? first.end };
}

/** The columns of the key that make it served, where some of the key is given. */
function byKey(
  table: TableShape,
  restrictions: readonly Restriction[],
  where: TextRange | null,
  tokens: readonly Token[],
): Suggestion[] {
  const given = new Set(restrictions.filter(isPoint).flatMap(columnsOf));
  const named = new Set(restrictions.flatMap(columnsOf));
  const last = table.clusteringKey.findLastIndex((name) => named.has(name));
  const wanted = [...table.partitionKey, ...table.clusteringKey.slice(0, Math.max(0, last))];
  const missing = wanted.filter((name) => !given.has(name) && !named.has(name));
  if (missing.length === 0 || (missing.length === wanted.length && last < 0)) return [];
  const added = missing.map((column): Restriction => ({ column, operator: '=' }));
  if (planAccess(table, [...restrictions, ...added]).problem !== null) return [];
  return [addConditions(missing, where, tokens.at(-1)?.end ?? 0)];
}

/** An index that would serve it, as a statement before this one. */
function byIndex(
  table: TableShape,
  restrictions: readonly Restriction[],
  name: string,
  tokens: readonly Token[],
): Suggestion[] {
  const [first] = tokens;
  const wanted = restrictions.find(({ column, operator }) => {
    const kind = table.columns.find((one) => one.name === column)?.kind;
    return (
      operator === '=' &&
      (kind === 'regular' || kind === 'static') &&
      !table.indexes.some((index) => index.column === column)
    );
  });
  if (wanted === undefined || first === undefined) return [];
  const index = { name: '', column: wanted.column, kind: 'secondary', part: 'value' } as const;
  if (planAccess({ ...table, indexes: [...table.indexes, index] }, restrictions).problem !== null) return [];
  const create = `CREATE INDEX ON ${name} (${quoteIdentifier(wanted.column)});\n`;
  return [
    {
      label: `Write CREATE INDEX on ${quoteIdentifier(wanted.column)} before it`,
      edits: [insertAt(first.start, create)],
    },
  ];
}

function byFiltering(tokens: readonly Token[], readsRing: boolean): Suggestion {
  const edits = [insertAt(tokens.at(-1)?.end ?? 0, ' ALLOW FILTERING')];
  return { label: 'Add ALLOW FILTERING', edits, ...(readsRing ? { reads: 'whole_ring' as const } : {}) };
}
