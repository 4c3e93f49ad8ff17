import { readableFilters } from '@/lib/client/readable-filters';
import { type PartForm, type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { jsonText } from '@/lib/contract/json';
import { ADDRESS_PARTS, type BrowseAddress, MOST_SKIPPED_ROWS } from './address';

type PartName = keyof BrowseAddress;

const form = (name: PartName, expected: string, isJson = false): PartForm => ({
  canRead: (text) => ADDRESS_PARTS[name].read(text) !== undefined,
  expected,
  isJson,
});

const FLAG = 'expected true or false';

const FORMS: Readonly<Record<PartName, PartForm>> = {
  filters: form('filters', 'expected a list of filters, such as [{"column":"id","operator":"=","value":7}]', true),
  columns: form('columns', 'expected a list of column names, such as ["id","name"]', true),
  reversed: form('reversed', FLAG),
  filtering: form('filtering', FLAG),
  pageRows: form('pageRows', 'expected a whole number from 1 to 10000'),
  from: form('from', 'expected a token, such as -4069959284402364209'),
  at: form('at', 'expected a JSON value', true),
  and: form('and', 'expected a list of JSON values, none of them null', true),
  skip: form('skip', `expected a whole number from 0 to ${MOST_SKIPPED_ROWS}`),
  last: form('last', FLAG),
  sort: form('sort', 'expected a list of columns with asc or desc, such as [["delay","desc"]]', true),
  quick: form('quick', 'expected text'),
};

/** The parts of a query string that describe a view and cannot be read. */
export function unreadParts(search: string): readonly UnreadPart[] {
  return unreadIn(search, FORMS);
}

/** The query string with only what can be read of the view: of a list of filters, those that can be. */
export function readableSearch(search: string): string {
  const next = new URLSearchParams(search);
  for (const { name, text } of unreadParts(search)) {
    const kept = name === 'filters' ? readableFilters(text) : [];
    if (kept.length > 0) next.set(name, jsonText(kept));
    else next.delete(name);
  }
  return next.toString();
}

/** The query string of the whole table: nothing of the view is left in it. */
export function wholeSearch(search: string): string {
  const next = new URLSearchParams(search);
  for (const name of Object.keys(FORMS)) next.delete(name);
  return next.toString();
}
