import type { Asker } from './asker';

/** Who sent a request: cursors are bound to a principal; exports and jobs belong to one. */
export interface Principal {
  /** Stable and unique, for files and MACs; never shown. */
  readonly id: string;
  /** As people know them; absent where nobody signs in. */
  readonly name?: string;
  /** Whose rights the work has that goes on without them; absent where nobody signs in. */
  readonly asker?: Asker;
  /** The API token that the request came with; absent where a person sent it. */
  readonly token?: { readonly id: string; readonly name: string };
}

/** Begins the id of whoever signed in with their own Cassandra role. */
export const ROLE_PRINCIPAL = 'role-';

/** Whether Cassandra is asked as the person themself, never as the user of the configuration. */
export function hasOwnRole({ id }: Pick<Principal, 'id'>): boolean {
  return id.startsWith(ROLE_PRINCIPAL);
}

/** Until there is a sign-in, everyone is the same principal. */
export const ANONYMOUS: Principal = { id: 'anonymous' };
