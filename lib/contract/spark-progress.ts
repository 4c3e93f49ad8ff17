import * as z from 'zod/mini';

/** How an application stands, by its own lines and Spark's API. */
export const sparkProgressSchema = z.object({
  /** Null until Spark has given one. */
  applicationId: z.nullable(z.string()),
  stage: z.nullable(z.string()),
  tasks: z.int(),
  tasksDone: z.int(),
  tasksFailed: z.int(),
  /** Rows that Spark observed in the finished write; null: not finished. */
  rowsObserved: z.nullable(z.int()),
  /** Rows read again from what was written; null: not read yet. */
  rowsReadBack: z.nullable(z.int()),
  /** Rows of a load that did not fit. */
  rowsFailed: z.nullable(z.int()),
});
export type SparkProgress = z.infer<typeof sparkProgressSchema>;
