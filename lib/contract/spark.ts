import * as z from 'zod/mini';
import { columnNameSchema, consistencySchema, nameSchema } from './common';
import { filtersSchema } from './filters';
import { COLUMNS } from './limits';
import { sparkMasterSchema } from './spark-master';
import { mappingSchema } from './transforms';

/** Work on more rows than one machine should move: on Apache Spark, with the Spark Cassandra Connector. */

/** What Spark can write in parallel: a JSON array is one file, and CQL is not a format of Spark. */
export const SPARK_FORMATS = ['csv', 'ndjson', 'parquet'] as const;
const sparkFormatSchema = z.enum(SPARK_FORMATS);
export type SparkFormat = z.infer<typeof sparkFormatSchema>;

/**
 * How a column's values pass through the connector. `retyped`: exact, with another type; `may_lose`: some values change in
 * silence; `unreadable`: Spark cannot read it, and one such column fails the whole read.
 */
const SPARK_VERDICTS = ['exact', 'retyped', 'may_lose', 'unreadable'] as const;
const verdictSchema = z.enum(SPARK_VERDICTS);
export type SparkVerdict = z.infer<typeof verdictSchema>;

const sparkColumnSchema = z.object({
  column: z.string(),
  /** CQL. */
  type: z.string(),
  /** As Spark names it; null: it has none. */
  sparkType: z.nullable(z.string()),
  verdict: verdictSchema,
  /** What happens to which values. */
  notes: z.array(z.string()),
});
export type SparkColumn = z.infer<typeof sparkColumnSchema>;

/** A directory or an address such as `hdfs:///exports/orders` or `s3a://bucket/orders`. */
const sparkPathSchema = z.string().check(
  z.regex(
    /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/(?:[\w.-]+(?::\d{1,5})?)?)?[^\s?#*[\]{}\\'"`$;|&<>@:]{1,900}$/i,
    'a path has no spaces, quotes, wildcards or logins',
  ),
  z.refine((path) => !path.split('/').includes('..'), 'a path has no ".."'),
);

const paceShape = {
  /** Of reads; the cluster's own when absent. */
  consistency: z.optional(consistencySchema),
  /** MiB of a split: one task reads one split. */
  splitMebibytes: z._default(z.int().check(z.minimum(1), z.maximum(4_096)), 64),
  /** Of each core of Spark; no limit when absent. */
  readsPerSecond: z.optional(z.int().check(z.minimum(1), z.maximum(10_000_000))),
  /** Columns that may lose values and are accepted so. */
  accepted: z._default(z.array(columnNameSchema).check(z.maxLength(COLUMNS)), []),
  /** The configured one when absent. */
  master: z.optional(sparkMasterSchema),
};

const writingShape = {
  writeConsistency: z.optional(consistencySchema),
  /** Batches that each task has in flight. */
  concurrentWrites: z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 5),
  /** Of all rows, in seconds; the table's when absent. */
  ttlSeconds: z.optional(z.int().check(z.minimum(1), z.maximum(630_720_000))),
  /** A field with the TTL of each row in seconds, instead; null: the table's. A field of what is read need not be mapped. */
  ttlField: z.optional(z.string().check(z.minLength(1), z.maxLength(1_000))),
  /** A field with the write time of each row, in microseconds since 1970; null: that of all rows. */
  timestampField: z.optional(z.string().check(z.minLength(1), z.maxLength(1_000))),
  /** Write time of all rows, in microseconds since 1970: a second run with it changes nothing. The job's start when absent. */
  timestampMicros: z.optional(z.int().check(z.minimum(1))),
};

const exportShape = {
  do: z.literal('export'),
  keyspace: nameSchema,
  table: nameSchema,
  filters: z._default(filtersSchema, []),
  /** All when absent. */
  columns: z.optional(z.array(columnNameSchema).check(z.minLength(1), z.maxLength(COLUMNS))),
  format: sparkFormatSchema,
  /** A directory that does not exist yet. Absent: the job's own, which only a local master can write to. */
  target: z.optional(sparkPathSchema),
  ...paceShape,
};

const copyShape = {
  do: z.literal('copy'),
  keyspace: nameSchema,
  table: nameSchema,
  filters: z._default(filtersSchema, []),
  /** In the same cluster. */
  to: z.strictObject({ keyspace: nameSchema, table: nameSchema }),
  mapping: mappingSchema,
  /** As for a load; needed where a value may not fit. */
  failed: z.optional(sparkPathSchema),
  ...paceShape,
  ...writingShape,
};

const loadShape = {
  do: z.literal('load'),
  keyspace: nameSchema,
  table: nameSchema,
  format: sparkFormatSchema,
  source: sparkPathSchema,
  /** Rows that do not fit go here, one JSON object a line; a directory that does not exist yet. */
  failed: sparkPathSchema,
  mapping: mappingSchema,
  ...paceShape,
  ...writingShape,
};

export const sparkRequestSchema = z.discriminatedUnion('do', [
  z.strictObject(exportShape),
  z.strictObject(copyShape),
  z.strictObject(loadShape),
]);
export type SparkRequest = z.input<typeof sparkRequestSchema>;
export type ParsedSparkRequest = z.output<typeof sparkRequestSchema>;

export const sparkStartSchema = z.strictObject({
  request: sparkRequestSchema,
  /** The name of the table that is written to. */
  confirmName: z.optional(nameSchema),
});

const paceEstimateSchema = z.object({
  /** Null: the size of a row or of the table is not known. */
  seconds: z.nullable(z.number()),
  /** How the figure comes about. */
  basis: z.string(),
});

const sparkEstimateSchema = z.object({
  /** Of the table, uncompressed; null: not known. */
  bytes: z.nullable(z.number()),
  partitions: z.nullable(z.number()),
  splits: z.nullable(z.int()),
  cores: z.nullable(z.int()),
  here: paceEstimateSchema,
  spark: paceEstimateSchema,
  advice: z.enum(['here', 'spark', 'unknown']),
  /** Why, for people. */
  reason: z.string(),
});
export type SparkEstimate = z.infer<typeof sparkEstimateSchema>;

export const sparkPlanSchema = z.object({
  master: z.string(),
  /** Of what is read; of a load, of what is written. */
  columns: z.array(sparkColumnSchema),
  /** Columns that still want a confirmation. */
  unconfirmed: z.array(z.string()),
  /** Why it cannot run as it is; empty: it can. */
  problems: z.array(z.string()),
  notes: z.array(z.string()),
  estimate: z.nullable(sparkEstimateSchema),
  /** The text of the PySpark script, its command and its properties without secrets; null while there are problems. */
  files: z.nullable(
    z.object({ script: z.string(), command: z.string(), properties: z.string(), secrets: z.array(z.string()) }),
  ),
  /** Whether this server can start it now; otherwise why not. */
  start: z.union([z.object({ can: z.literal(true) }), z.object({ can: z.literal(false), reason: z.string() })]),
});
export type SparkPlan = z.infer<typeof sparkPlanSchema>;
