import * as z from 'zod/mini';
import { defaultConsistencySchema, lacksSchema } from './common';
import { apiErrorSchema } from './errors';
import { passSchema } from './passes';

/** A configured cluster as the browser may see it: no address, no secret. */
const clusterSummarySchema = z.object({
  name: z.string(),
  label: z.string(),
  /** A CSS colour, shown next to the label; null: none. */
  colour: z.nullable(z.string()),
  readOnly: z.boolean(),
  consistency: defaultConsistencySchema,
  pageRows: z.int(),
  /** Changes that wait for a second person: `write`, `ddl`, `admin`. Absent: none do. */
  approval: z.optional(z.array(z.enum(['write', 'ddl', 'admin']))),
  /** Rights that whoever asks has for nothing on it; `operate` and `admin`: not for all of it. Absent: none is lacking. */
  lacks: lacksSchema,
});
export type ClusterSummary = z.infer<typeof clusterSummarySchema>;

export const clustersResponseSchema = z.object({ clusters: z.array(clusterSummarySchema) });

/** Progress of loading the demo data; absent if this server loads none. */
export const demoProgressSchema = z.object({
  state: z.enum(['waiting', 'loading', 'done', 'failed']),
  keyspace: z.optional(z.string()),
  table: z.optional(z.string()),
  rows: z.optional(z.number()),
  total: z.optional(z.number()),
  rowsPerSecond: z.optional(z.number()),
  message: z.optional(z.string()),
});
export type DemoProgress = z.infer<typeof demoProgressSchema>;

/** The Cassandra of `npm start`, while it is down. */
export const ownCassandraSchema = z.object({
  /** Its cluster name. */
  cluster: z.string(),
  /** `starting`: restarting after it had ended. */
  state: z.enum(['ended', 'starting']),
  message: z.string(),
  hint: z.string(),
});
export type OwnCassandra = z.infer<typeof ownCassandraSchema>;

/** The restart request was accepted. */
export const restartResponseSchema = z.object({ state: z.literal('starting') });

const clusterHealthSchema = z.object({
  name: z.string(),
  status: z.enum(['connected', 'connecting', 'unreachable', 'idle']),
  release: z.nullable(z.string()),
  nodesUp: z.nullable(z.int()),
  nodesTotal: z.nullable(z.int()),
  error: z.optional(apiErrorSchema),
});
export type ClusterHealth = z.infer<typeof clusterHealthSchema>;

/** What anyone may know. */
export const healthResponseSchema = z.object({ status: z.literal('alive') });

/** What the page always shows: the health of every cluster, and the demo data's progress. */
export const stateResponseSchema = z.object({
  clusters: z.array(clusterHealthSchema),
  demo: z.optional(demoProgressSchema),
  own: z.optional(ownCassandraSchema),
  /** Present while the audit cannot be written. */
  audit: z.optional(z.object({ since: z.string(), refusesWrites: z.boolean() })),
  /** Emergency passes that last; absent where there are none. */
  passes: z.optional(z.array(passSchema)),
});
export type StateResponse = z.infer<typeof stateResponseSchema>;
