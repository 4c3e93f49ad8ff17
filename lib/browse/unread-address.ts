import { type Filter, filtersSchema } from '@/lib/contract/filters';
import { jsonText, parseJson } from '@/lib/contract/json';
import { ADDRESS_PARTS, type BrowseAddress, MOST_SKIPPED_ROWS } from './address';

type PartName = keyof BrowseAddress;

/** A part of an address that cannot be read. */
export interface UnreadPart {
  readonly name: PartName;
  /** As it is in the address. */
  readonly text: string;
  /** In words that follow the part's name. */
  readonly why: string;
}

const FLAG = 'expected true or false';

/** What each part should be, for people. */
const EXPECTED: Readonly<Record<PartName, string>> = {
  filters: 'expected a list of filters, such as [{"column":"id","operator":"=","value":7}]',
  columns: 'expected a list of column names, such as ["id","name"]',
  reversed: FLAG,
  filtering: FLAG,
  pageRows: 'expected a whole number from 1 to 10000',
  from: 'expected a token, such as -4069959284402364209',
  at: 'expected a JSON value',
  and: 'expected a list of JSON values, none of them null',
  skip: `expected a whole number from 0 to ${MOST_SKIPPED_ROWS}`,
  last: FLAG,
  sort: 'expected a list of columns with asc or desc, such as [["delay","desc"]]',
  quick: 'expected text',
};

const JSON_PARTS: readonly PartName[] = ['filters', 'columns', 'at', 'and', 'sort'];

function isPart(name: string): name is PartName {
  return Object.hasOwn(EXPECTED, name);
}

/** The parts of a query string that describe a view and cannot be read. */
export function unreadParts(search: string): readonly UnreadPart[] {
  const given = new URLSearchParams(search);
  return Object.keys(EXPECTED)
    .filter(isPart)
    .flatMap((name): UnreadPart[] => {
      const text = given.get(name);
      if (text === null || ADDRESS_PARTS[name].read(text) !== undefined) return [];
      const isJson = !JSON_PARTS.includes(name) || parseJson(text) !== undefined;
      return [{ name, text, why: isJson ? EXPECTED[name] : 'not valid JSON' }];
    });
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
  for (const name of Object.keys(EXPECTED)) next.delete(name);
  return next.toString();
}

function readableFilters(text: string): readonly Filter[] {
  const list = parseJson(text);
  if (!Array.isArray(list)) return [];
  const kept = list.flatMap((one) => filtersSchema.safeParse([one]).data ?? []);
  return filtersSchema.safeParse(kept).data ?? [];
}
