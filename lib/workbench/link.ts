import * as z from 'zod/mini';
import { type ParameterValues, parameterValuesSchema } from './parameter-values';

/** A statement that a link brings to the query page: `?statement=…&keyspace=…`, with `&values=…` where that was asked for. */
export interface StatementLink {
  /** Null: the link brings none. */
  readonly statement: string | null;
  readonly keyspace: string | null;
  /** Values of its parameters, as JSON. */
  readonly values?: string | null;
}

export function readLink(search: string): StatementLink {
  const given = new URLSearchParams(search);
  const values = given.get('values');
  return { statement: given.get('statement'), keyspace: given.get('keyspace'), ...(values === null ? {} : { values }) };
}

/** The query string with `change` in it; what is not of the link stays. */
export function writeLink(search: string, { statement, keyspace, values }: Partial<StatementLink>): string {
  const next = new URLSearchParams(search);
  const put = (name: keyof StatementLink, text: string | null) => {
    if (text === null) next.delete(name);
    else next.set(name, text);
  };
  if (statement !== undefined) put('statement', statement);
  if (keyspace !== undefined) put('keyspace', keyspace);
  if (values !== undefined) put('values', values);
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
