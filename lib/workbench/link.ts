/** A statement that a link brings to the query page: `?statement=…&keyspace=…`. */
export interface StatementLink {
  /** Null: the link brings none. */
  readonly statement: string | null;
  readonly keyspace: string | null;
}

export function readLink(search: string): StatementLink {
  const given = new URLSearchParams(search);
  return { statement: given.get('statement'), keyspace: given.get('keyspace') };
}

/** The query string with `change` in it; what is not of the link stays. */
export function writeLink(search: string, { statement, keyspace }: Partial<StatementLink>): string {
  const next = new URLSearchParams(search);
  const put = (name: keyof StatementLink, text: string | null) => {
    if (text === null) next.delete(name);
    else next.set(name, text);
  };
  if (statement !== undefined) put('statement', statement);
  if (keyspace !== undefined) put('keyspace', keyspace);
  return next.toString();
}
