import * as z from 'zod/mini';

/** API tokens: what a person gives a program, so that it asks as them. */

/** To what a token narrows the rights of its person. */
export const narrowingSchema = z.object({
  /** It may see, read and export at most. */
  readOnly: z.boolean(),
  /** It may use these at most; null: all that its person may. */
  clusters: z.nullable(z.readonly(z.array(z.string()))),
});
export type Narrowing = z.infer<typeof narrowingSchema>;
