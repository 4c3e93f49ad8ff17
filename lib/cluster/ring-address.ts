/** What the ring page keeps in its address, so that a reload or a shared link shows the same. */
export interface RingAddress {
  /** Null: the first of the cluster's own. */
  readonly keyspace: string | null;
  /** Null: the first that has a key. */
  readonly table: string | null;
  /** What was typed for each partition key column, in the key's order: `key=SEA&key=2001-01-09`. Empty: nothing yet. */
  readonly key: readonly string[];
}

export function readRingAddress(search: string): RingAddress {
  const given = new URLSearchParams(search);
  return { keyspace: given.get('keyspace'), table: given.get('table'), key: given.getAll('key') };
}

/** The query string with `change` in it; what is not of the ring stays. */
export function writeRingAddress(search: string, { keyspace, table, key }: Partial<RingAddress>): string {
  const next = new URLSearchParams(search);
  const put = (name: keyof RingAddress, texts: readonly string[]) => {
    next.delete(name);
    for (const text of texts) next.append(name, text);
  };
  if (keyspace !== undefined) put('keyspace', keyspace === null ? [] : [keyspace]);
  if (table !== undefined) put('table', table === null ? [] : [table]);
  if (key !== undefined) put('key', key);
  return next.toString();
}
