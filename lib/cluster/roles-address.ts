/** What the roles page keeps in its address: names, which the page looks for among roles and in the schema. */
export interface RolesAddress {
  readonly find: string;
  /** The role that is looked into; null: none. */
  readonly role: string | null;
  /** Where it is asked who may do what; null: nowhere. */
  readonly keyspace: string | null;
  readonly table: string | null;
}

export function readRolesAddress(search: string): RolesAddress {
  const given = new URLSearchParams(search);
  const keyspace = given.get('keyspace') || null;
  return {
    find: given.get('find') ?? '',
    role: given.get('role') || null,
    keyspace,
    table: given.get('table') || null,
  };
}

/** The query string with `change` in it; what is not of the page stays. Another keyspace has other tables. */
export function writeRolesAddress(search: string, change: Partial<RolesAddress>): string {
  const next = new URLSearchParams(search);
  const put = (name: string, text: string | null) => {
    if (text === null || text === '') next.delete(name);
    else next.set(name, text);
  };
  if (change.keyspace !== undefined) put('table', null);
  for (const name of ['find', 'role', 'keyspace', 'table'] as const) {
    const text = change[name];
    if (text !== undefined) put(name, text);
  }
  return next.toString();
}
