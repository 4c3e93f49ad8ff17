import * as z from 'zod/mini';
import { lacksSchema } from './common';
import { dictionarySchema } from './dictionary';

const COLUMN_KINDS = ['partition_key', 'clustering', 'static', 'regular'] as const;

const columnSchema = z.object({
  name: z.string(),
  /** CQL text as the server writes it: `map<text, frozen<list<int>>>`. */
  type: z.string(),
  kind: z.enum(COLUMN_KINDS),
  /** Order within the partition key or the clustering columns; -1 elsewhere. */
  position: z.int(),
  clusteringOrder: z.enum(['asc', 'desc', 'none']),
  /** The role that masks its values for whoever asks; absent: none. */
  masked: z.optional(z.string()),
});
export type TableColumn = z.infer<typeof columnSchema>;

const indexSchema = z.object({
  name: z.string(),
  kind: z.string(),
  /** The index's target as the server reports it: a column, or `values(column)`, `keys(column)`, `entries(column)`, `full(column)`. */
  target: z.string(),
  className: z.nullable(z.string()),
  /** Its other options, such as `mode` of a SASI index. */
  options: z.optional(dictionarySchema(z.string())),
});
export type TableIndex = z.infer<typeof indexSchema>;

const tableSchema = z.object({
  name: z.string(),
  /** The server's table id; null for a virtual table, whose id is meaningless. */
  id: z.nullable(z.string()),
  kind: z.enum(['table', 'view', 'virtual']),
  /** For a materialized view: its base table. */
  baseTable: z.nullable(z.string()),
  comment: z.string(),
  columns: z.array(columnSchema),
  indexes: z.array(indexSchema),
  /** Rights on it that whoever asks does not have, of `read`, `export`, `write` and `ddl`. Absent: none is lacking. */
  lacks: lacksSchema,
});
export type Table = z.infer<typeof tableSchema>;

const userTypeSchema = z.object({
  name: z.string(),
  fields: z.array(z.object({ name: z.string(), type: z.string() })),
});

const functionSchema = z.object({
  name: z.string(),
  kind: z.enum(['function', 'aggregate']),
  argumentTypes: z.array(z.string()),
  returnType: z.string(),
});

const keyspaceSchema = z.object({
  name: z.string(),
  /** system, system_schema, …: maintained by Cassandra itself. */
  system: z.boolean(),
  virtual: z.boolean(),
  durableWrites: z.boolean(),
  /** Replication options as stored, `class` included; empty for a virtual keyspace. */
  replication: dictionarySchema(z.string()),
  tables: z.array(tableSchema),
  types: z.array(userTypeSchema),
  functions: z.array(functionSchema),
});
export type Keyspace = z.infer<typeof keyspaceSchema>;

export const schemaResponseSchema = z.object({
  keyspaces: z.array(keyspaceSchema),
  /** When the schema was read, ISO 8601 UTC. */
  asOf: z.string(),
  /** What could not be read and why (a missing grant, a node that does not answer). */
  gaps: z.array(z.string()),
});
export type SchemaResponse = z.infer<typeof schemaResponseSchema>;

export const describeRequestSchema = z.object({
  keyspace: z.string().check(z.minLength(1)),
  table: z.optional(z.string().check(z.minLength(1))),
});

export const describeResponseSchema = z.object({
  /** The server's own DESCRIBE text. */
  ddl: z.string(),
  /** The node that answered. */
  coordinator: z.string(),
});

/**
 * Sizes of one keyspace's tables. Estimates (`system.table_estimates`) cover SSTables only, uncompressed, each partition
 * once, and are minutes old. The disk (`system_views.disk_usage`) is compressed, counts every replica, and is current.
 */
const keyspaceSizeSchema = z.object({
  keyspace: z.string(),
  tables: z.array(
    z.object({
      table: z.string(),
      /** Estimate. */
      bytes: z.number(),
      /** Estimate. */
      partitions: z.number(),
      /** Estimate. */
      meanPartitionBytes: z.number(),
      /** On all nodes; each node rounds up to whole MiB, so nothing stored is 0. Null: a node did not report it. */
      diskMebibytes: z.nullable(z.number()),
    }),
  ),
});
export type TableSize = z.infer<typeof keyspaceSizeSchema>['tables'][number];

export const sizesResponseSchema = z.object({
  source: z.string(),
  asOf: z.string(),
  nodesAsked: z.int(),
  nodesAnswered: z.int(),
  keyspaces: z.array(keyspaceSizeSchema),
  gaps: z.array(z.string()),
});
export type SizesResponse = z.infer<typeof sizesResponseSchema>;
