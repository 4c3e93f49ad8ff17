import * as z from 'zod/mini';
import { defaultConsistencySchema } from './common';
import { apiErrorSchema } from './errors';

/** A configured cluster, as the browser may know it: no address, no secret. */
export const clusterSummarySchema = z.object({
  name: z.string(),
  label: z.string(),
  /** A CSS colour, shown with the label wherever the cluster is in view; null: none chosen. */
  colour: z.nullable(z.string()),
  readOnly: z.boolean(),
  consistency: defaultConsistencySchema,
  pageRows: z.int(),
});
export type ClusterSummary = z.infer<typeof clusterSummarySchema>;

export const clustersResponseSchema = z.object({ clusters: z.array(clusterSummarySchema) });

/** How far the demo data has been loaded; absent when this server does not load any. */
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

/** The Cassandra that `npm start` runs, while it does not run. */
export const ownCassandraSchema = z.object({
  /** Its name among the clusters. */
  cluster: z.string(),
  /** `starting`: again, after it had ended. */
  state: z.enum(['ended', 'starting']),
  message: z.string(),
  hint: z.string(),
});
export type OwnCassandra = z.infer<typeof ownCassandraSchema>;

/** The request to start it again has been taken up. */
export const restartResponseSchema = z.object({ state: z.literal('starting') });

export const clusterHealthSchema = z.object({
  name: z.string(),
  status: z.enum(['connected', 'connecting', 'unreachable', 'idle']),
  release: z.nullable(z.string()),
  nodesUp: z.nullable(z.int()),
  nodesTotal: z.nullable(z.int()),
  error: z.optional(apiErrorSchema),
});
export type ClusterHealth = z.infer<typeof clusterHealthSchema>;

/** What anybody may know. */
export const healthResponseSchema = z.object({ status: z.literal('alive') });

/** What the page shows at all times: how every cluster is, and how far the demo data. */
export const stateResponseSchema = z.object({
  clusters: z.array(clusterHealthSchema),
  demo: z.optional(demoProgressSchema),
  own: z.optional(ownCassandraSchema),
});
export type StateResponse = z.infer<typeof stateResponseSchema>;
