import * as z from 'zod/mini';
import { dictionarySchema } from './dictionary';
import { jsonValueSchema } from './json-schemas';

/**
 * A `system_views` latency table's row for one table on one node: the count is since the node started, the rest covers the
 * last minutes in whole milliseconds, the server's resolution; 4.0 counts to the microsecond. 0 means under 0.5 ms or idle.
 */
const latencySchema = z.object({
  /** Requests, as text: a 64-bit count. */
  count: z.string(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  perSecond: z.number(),
});
export type Latency = z.infer<typeof latencySchema>;

/** What reads encountered, such as tombstones, on one node since it started. */
const perReadSchema = z.object({ count: z.string(), p50: z.number(), p99: z.number(), max: z.number() });
export type PerRead = z.infer<typeof perReadSchema>;

/** The partitions that a repair found largest or with the most tombstones (`system.top_partitions`). */
const topPartitionsSchema = z.object({
  /** When the repair wrote it, ISO 8601 UTC. */
  updatedAt: z.nullable(z.string()),
  partitions: z.array(z.object({ key: z.string(), amount: z.string() })),
});
export type TopPartitions = z.infer<typeof topPartitionsSchema>;

const nodeStatsSchema = z.object({
  /** As in the topology. */
  node: z.string(),
  /** Why nothing is known about this node; null if it answered. */
  failure: z.nullable(z.string()),
  /** Of its primary ranges, from SSTables, minutes old; null: unknown. */
  partitions: z.nullable(z.number()),
  meanPartitionBytes: z.nullable(z.number()),
  /** The largest partition of its SSTables, rounded up to MiB by the server. */
  maxPartitionMebibytes: z.nullable(z.number()),
  diskMebibytes: z.nullable(z.number()),
  localRead: z.nullable(latencySchema),
  localWrite: z.nullable(latencySchema),
  coordinatorRead: z.nullable(latencySchema),
  coordinatorWrite: z.nullable(latencySchema),
  tombstonesPerRead: z.nullable(perReadSchema),
  rowsPerRead: z.nullable(perReadSchema),
  /** Null: the node has no such record (it is older than 4.1, or has not repaired this table). */
  largest: z.nullable(topPartitionsSchema),
  mostTombstones: z.nullable(topPartitionsSchema),
  /** What this node could not report, and why. */
  gaps: z.array(z.string()),
});
export type NodeStats = z.infer<typeof nodeStatsSchema>;

export const tableStatsResponseSchema = z.object({
  /** Where partitions and sizes come from, and how old they are. */
  estimates: z.string(),
  nodes: z.array(nodeStatsSchema),
  asOf: z.string(),
});
export type TableStats = z.infer<typeof tableStatsResponseSchema>;

/** POST …/sample: the first rows of some partitions from all around the ring. */
export const sampleRequestSchema = z.strictObject({
  places: z.optional(z.int().check(z.minimum(1), z.maximum(256))),
  partitionsPerPlace: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
});
export type SampleRequest = z.infer<typeof sampleRequestSchema>;

export const sampleResponseSchema = z.object({
  /** Partitions with at least one sampled row. */
  partitions: z.int(),
  /** Places of the ring that were sampled, and how many of them failed. */
  places: z.int(),
  failed: z.int(),
  /** Places without a partition. */
  emptyPlaces: z.int(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      kind: z.enum(['partition_key', 'clustering', 'static', 'regular', 'computed']),
      /** Rows of the sample that have a value. */
      filled: z.int(),
      /** Distinct values seen. */
      distinct: z.int(),
      /** Some of them, all different; long ones are cut to what `EXAMPLE_CHARACTERS` show. */
      examples: z.array(jsonValueSchema),
      /** The role that masks its values: nothing is said of them, and the counts are 0. */
      masked: z.optional(z.string()),
    }),
  ),
  /** With `?` for the bounds of a place. */
  statement: z.string(),
  gaps: z.array(z.string()),
  asOf: z.string(),
});
export type Sample = z.infer<typeof sampleResponseSchema>;

/** GET …/details: what the schema response leaves out about one table. */
export const tableDetailsResponseSchema = z.object({
  /** Properties as in `system_schema`; maps stay maps; null if the release does not set them. */
  properties: dictionarySchema(z.union([z.string(), dictionarySchema(z.string()), z.null()])),
  indexes: z.array(
    z.object({
      name: z.string(),
      nodes: z.array(
        z.object({
          node: z.string(),
          state: z.enum(['ready', 'building', 'not_ready', 'unknown']),
          reason: z.optional(z.string()),
        }),
      ),
    }),
  ),
  asOf: z.string(),
});
export type TableDetails = z.infer<typeof tableDetailsResponseSchema>;
/** The state of an index on one node. */
export type IndexNodeState = TableDetails['indexes'][number]['nodes'][number];
