import { quoteIdentifier } from '@/lib/cql/identifiers';
import { vectorIndexOf } from '@/lib/cql/index-serving';
import type { Token } from '@/lib/cql/lexer';
import { columnOption, isKey, ranked, shapeOf } from './completion-columns';
import type { Context } from './completion-knowledge';
import { columnsHere, functionsOf, keywords, symbols, typesOf } from './completion-names';
import { isSign, nameOf, openBrackets, partsAfter, wordOf } from './completion-place';
import type { Suggestion } from './suggestion';

/** What can be written in the clauses of a SELECT. */

export const AFTER_FROM = ['WHERE', 'ORDER BY', 'GROUP BY', 'PER PARTITION LIMIT', 'LIMIT', 'ALLOW FILTERING'];

export function selected(context: Context, at: number): Suggestion[] {
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

/** ORDER BY and GROUP BY take the columns of the key in their order. */
export function ordered({ lead, home, schema }: Context, at: number): Suggestion[] {
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

export function limited(lead: readonly Token[], at: number): Suggestion[] {
  const own = lead.slice(at + 1).map(wordOf);
  if (wordOf(lead[at]) === 'PER') return keywords(own.includes('PARTITION') ? ['LIMIT'] : ['PARTITION LIMIT']);
  return lead.length - 1 === at
    ? [{ text: '?', kind: 'value', detail: 'a number of rows' }]
    : keywords(['ALLOW FILTERING']);
}
