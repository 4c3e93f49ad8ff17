import * as z from 'zod/mini';
import { narrowingSchema } from './api-tokens';
import { signInWaySchema } from './sign-in';

/** Whoever asks, as they signed in: what roles are given to. */
export const askerSchema = z.object({
  name: z.string(),
  way: signInWaySchema,
  groups: z.readonly(z.array(z.string())),
  /** Whose role it is, of who signed in as a Cassandra role: the only cluster that is there for them. */
  cluster: z.optional(z.string()),
  /** Of who asks with an API token, and of the work that it began: to what that narrows the person's rights. */
  narrowed: z.optional(narrowingSchema),
});
export type Asker = z.infer<typeof askerSchema>;
