import * as z from 'zod/mini';
import { defaultConsistencySchema, nameSchema, tokenSchema } from './common';
import { apiErrorSchema } from './errors';
import { resultColumnSchema } from './frames';
import { jsonValueSchema } from './json-schemas';
import { COMPARED_NODES, MOST_STATEMENT_CHARACTERS } from './limits';
import { paramsSchema } from './reads';

/** One SELECT of one partition, run by each of several coordinators: POST …/replica-results. */
export const replicaResultsRequestSchema = z.strictObject({
  statement: z.string().check(z.minLength(1), z.maxLength(MOST_STATEMENT_CHARACTERS)),
  keyspace: z.optional(nameSchema),
  params: z.optional(paramsSchema),
  /** Default: ONE, at which a replica that coordinates reads its own data. */
  consistency: z.optional(defaultConsistencySchema),
  /** The coordinators, as in the topology; default: the replicas of the partition. */
  nodes: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(COMPARED_NODES))),
});
export type ReplicaResultsRequest = z.infer<typeof replicaResultsRequestSchema>;

const replicaResultSchema = z.object({
  /** The coordinator that was asked. */
  node: z.string(),
  /** Null where the replicas are not known. */
  isReplica: z.nullable(z.boolean()),
  /** In the order in which they came; null if it did not answer, see `error`. */
  rows: z.nullable(z.array(z.array(jsonValueSchema))),
  /** There are more rows than were read. */
  more: z.boolean(),
  /** The nodes that read their own data, from the traces. Empty: the traces do not say. */
  servedBy: z.array(z.string()),
  /** `own`: the traces show that this node read its own data, and no other did; `others`: another did; `none`: not proved. */
  proof: z.enum(['own', 'others', 'none']),
  elapsedMs: z.nullable(z.number()),
  traceIds: z.array(z.string()),
  error: z.optional(apiErrorSchema),
  /** Of the response, as it was sent. */
  bytes: z.optional(z.int()),
});
export type ReplicaResult = z.infer<typeof replicaResultSchema>;

export const replicaResultsResponseSchema = z.object({
  token: z.nullable(tokenSchema),
  /** In replica order, primary first; empty where they are not known. */
  replicas: z.array(z.string()),
  unknownReason: z.optional(z.string()),
  consistency: defaultConsistencySchema,
  columns: z.array(resultColumnSchema),
  results: z.array(replicaResultSchema),
  /** The most rows that were read from each. */
  mostRows: z.int(),
  asOf: z.string(),
});
export type ReplicaResultsResponse = z.infer<typeof replicaResultsResponseSchema>;
