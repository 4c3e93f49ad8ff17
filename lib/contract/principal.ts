import type { Asker } from './asker';

/** Who sent a request: cursors are bound to a principal; exports and jobs belong to one. */
export interface Principal {
  /** Stable and unique, for files and MACs; never shown. */
  readonly id: string;
  /** As people know them; absent where nobody signs in. */
  readonly name?: string;
  /** Whose rights the work has that goes on without them; absent where nobody signs in. */
  readonly asker?: Asker;
}

/** Until there is a sign-in, everyone is the same principal. */
export const ANONYMOUS: Principal = { id: 'anonymous' };
