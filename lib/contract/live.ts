import * as z from 'zod/mini';
import { MOST_LIVE_NODES } from './limits';

const name = z.string().check(z.maxLength(300));

export const liveRequestSchema = z.strictObject({
  /** `host:port`. None: all nodes, each by itself where they are at most {@link MOST_LIVE_NODES}, otherwise as one. */
  nodes: z.optional(z.array(name).check(z.maxLength(MOST_LIVE_NODES))),
  keyspace: z.optional(name),
  table: z.optional(name),
  /** A thread pool: pending and blocked tasks of it alone. */
  pool: z.optional(name),
  /** What was there until then is held already; ms since the epoch. */
  after: z.optional(z.number()),
});
export type LiveRequest = z.input<typeof liveRequestSchema>;

const liveLineSchema = z.object({
  /** A name of lib/live/series.ts. */
  series: z.string(),
  /** Null: all nodes that answered, as one. */
  node: z.nullable(z.string()),
  /** One for each time; null: not known. */
  values: z.array(z.nullable(z.number())),
});
export type LiveLine = z.infer<typeof liveLineSchema>;

/** What could not be asked, and why. */
const liveGapSchema = z.object({ source: z.string(), nodes: z.array(z.string()), why: z.string() });

export const liveResponseSchema = z.object({
  /** When the nodes were last asked, ISO 8601 UTC; null: never. */
  asOf: z.nullable(z.string()),
  /** How often they are asked while somebody looks. */
  everyMs: z.number(),
  /** Of all nodes, for this alone. */
  statementsPerMinute: z.number(),
  nodes: z.array(z.string()),
  /** Thread pools with tasks that waited within the last hour. */
  pools: z.array(z.string()),
  /** Where each series comes from and how often it is asked. */
  sources: z.array(z.object({ source: z.string(), shown: z.string(), everyMs: z.number() })),
  gaps: z.array(liveGapSchema),
  /** ms since the epoch, rising. */
  times: z.array(z.number()),
  lines: z.array(liveLineSchema),
});
export type LiveResponse = z.infer<typeof liveResponseSchema>;
