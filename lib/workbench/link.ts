import { type PartForm, type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { parseJson } from '@/lib/contract/json';
import { type ParameterValues, parameterValuesSchema } from './parameter-values';

/**
 * What a link brings to the query page: a statement (`?statement=…&keyspace=…`, with `&values=…` where that was asked for), a
 * saved one (`?saved=folder/name`), or one too long for an address, by its id on the server (`?text=…`). It fills a tab and
 * never runs anything.
 */
export interface StatementLink {
  /** Null: the link brings none. */
  readonly statement: string | null;
  readonly keyspace: string | null;
  /** Values of its parameters, as JSON. */
  readonly values: string | null;
  readonly saved: string | null;
  readonly text: string | null;
}

const NAMES = ['statement', 'keyspace', 'values', 'saved', 'text'] as const satisfies readonly (keyof StatementLink)[];

export const NO_LINK: StatementLink = { statement: null, keyspace: null, values: null, saved: null, text: null };

export function readLink(search: string): StatementLink {
  const given = new URLSearchParams(search);
  return {
    statement: given.get('statement'),
    keyspace: given.get('keyspace'),
    values: given.get('values'),
    saved: given.get('saved'),
    text: given.get('text'),
  };
}

/** The query string with `change` in it; what is not of the link stays. */
export function writeLink(search: string, change: Partial<StatementLink>): string {
  const next = new URLSearchParams(search);
  for (const name of NAMES) {
    const text = change[name];
    if (text === null) next.delete(name);
    else if (text !== undefined) next.set(name, text);
  }
  return next.toString();
}

/** The values in a link; null where it has none, or none that can be read. */
export function linkedValues(text: string | null | undefined): ParameterValues | null {
  return text == null ? null : (parameterValuesSchema.safeParse(parseJson(text)).data ?? null);
}

/** The parts of a query string that bring nothing to the query page, and why: the page says so. */
export function unreadLinkParts(search: string): readonly UnreadPart<keyof StatementLink>[] {
  const unread = unreadIn(search, FORMS);
  const given = new URLSearchParams(search);
  const used = USED.find(([main]) => main !== undefined && given.has(main)) ?? [];
  const unused = NAMES.flatMap((name): UnreadPart<keyof StatementLink>[] => {
    const text = given.get(name);
    if (text === null || used.some((one) => one === name)) return [];
    const why = used[0] === undefined ? 'counts only beside a statement' : `cannot be used beside ${used[0]}`;
    return [{ name, text, why }];
  });
  return [...unused, ...unread.filter(({ name }) => unused.every((one) => one.name !== name))];
}

/** What counts in a link, by its main part: the first that is there. */
const USED: readonly (readonly (keyof StatementLink)[])[] = [['saved'], ['text'], ['statement', 'keyspace', 'values']];

const TEXT: PartForm = { canRead: () => true, expected: 'expected text' };

const FORMS: Readonly<Record<keyof StatementLink, PartForm>> = {
  statement: TEXT,
  keyspace: TEXT,
  values: {
    canRead: (text) => linkedValues(text) !== null,
    expected: 'expected values such as {":origin":{"as":"value","text":"SEA"}}',
    isJson: true,
  },
  saved: TEXT,
  text: TEXT,
};
