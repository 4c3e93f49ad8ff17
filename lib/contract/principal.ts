import * as z from 'zod/mini';
import { signInWaySchema } from './sign-in';

/** Whoever asks, as they signed in: what roles are given to. */
export const askerSchema = z.object({
  name: z.string(),
  way: signInWaySchema,
  groups: z.readonly(z.array(z.string())),
});
export type Asker = z.infer<typeof askerSchema>;

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
