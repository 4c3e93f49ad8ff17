import * as z from 'zod/mini';
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
  if (text == null) return null;
  try {
    const parsed = z.safeParse(parameterValuesSchema, JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // A damaged link still brings its statement; the panel shows that it has no values.
    return null;
  }
}
