import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { Token } from '@/lib/cql/lexer';
import { columnOption, isKey, ranked } from './completion-columns';
import { OPERATORS } from './completion-conditions';
import type { Context } from './completion-knowledge';
import { columnsHere, keywords, symbols, valuesFor } from './completion-names';
import { isSign, nameOf, openBrackets, partsAfter, wordOf } from './completion-place';
import type { Suggestion } from './suggestion';

/** What can be written in the clauses of INSERT, UPDATE and DELETE. */

/** `INSERT INTO t (…) VALUES (…)`. */
export function inserted(context: Context, at: number): Suggestion[] {
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

export function assigned(context: Context, at: number): Suggestion[] {
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

export function deleted(context: Context, at: number): Suggestion[] {
  const isNamed = context.lead.length - 1 > at && !isSign(context.lead.at(-1), ',');
  if (isNamed) return keywords(['FROM']);
  const open = (context.home?.table.columns ?? []).filter((column) => !isKey(column)).map(columnOption);
  return [...(context.lead.length - 1 === at ? keywords(['FROM']) : []), ...open];
}

/** `USING TTL 60 AND TIMESTAMP 5`; a DELETE has no TTL, a counter neither. */
export function using({ lead, verb, home }: Context, at: number): Suggestion[] {
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
