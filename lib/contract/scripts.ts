import * as z from 'zod/mini';
import { apiErrorSchema } from './errors';
import { SCRIPT_STATEMENTS } from './limits';
import { queryRequestSchema } from './reads';

/**
 * Statements that change something and return no rows, run one after another: each as a request for it alone would run it,
 * with the same confirmation of its exact text.
 */
export const scriptRequestSchema = z.strictObject({
  /** A new one; the request is stopped by it. */
  id: z.uuid(),
  statements: z.array(queryRequestSchema).check(z.minLength(1), z.maxLength(SCRIPT_STATEMENTS)),
  /** `stop`: nothing is sent after a statement that failed. */
  onFailure: z.enum(['stop', 'continue']),
});

const statementEndSchema = z.object({
  /** From sending the statement to Cassandra's answer. */
  elapsedMs: z.number(),
  error: z.optional(apiErrorSchema),
});
export type ScriptStatementEnd = z.infer<typeof statementEndSchema>;

/**
 * A line of the response: the end of each statement in their order, then `sent`, how many were sent to Cassandra. They are
 * fewer than were asked for after a failure, or when it was stopped. Without `sent` the response is cut
 * off, and the statement after the last line may have run.
 */
export const scriptLineSchema = z.union([z.object({ statement: statementEndSchema }), z.object({ sent: z.int() })]);
export type ScriptLine = z.infer<typeof scriptLineSchema>;

export const scriptStopSchema = z.object({ stopping: z.boolean() });
