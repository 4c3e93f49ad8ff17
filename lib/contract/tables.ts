import * as z from 'zod/mini';
import { tokenSchema } from './common';
import { dictionarySchema } from './dictionary';
import { apiErrorSchema } from './errors';
import { paceSchema, silentNodeSchema, unknownFactSchema } from './health';
import { jsonValueSchema } from './json-schemas';

/** Null: not known. */
const figure = z.nullable(z.number());
const figuresSchema = z.object({
  /** Compressed, every replica counted; each node rounds up to whole MiB. */
  diskMebibytes: figure,
  /** Estimates of SSTables, each partition once. */
  partitions: figure,
  meanPartitionBytes: figure,
  /** In SSTables, rounded up to whole MiB. */
  maxPartitionMebibytes: figure,
  /** Percentiles are of a decaying histogram: of the last minutes with requests. Over nodes: the highest. */
  tombstonesP99: figure,
  readP50Ms: figure,
  readP99Ms: figure,
  writeP50Ms: figure,
  writeP99Ms: figure,
  /** Local requests, between two reads of the node's counters: each replica counts its own. */
  readsPerSecond: figure,
  writesPerSecond: figure,
});
export type Figures = z.infer<typeof figuresSchema>;

const INDEX_STATES = ['ready', 'building', 'not_ready', 'unknown'] as const;
const indexStateSchema = z.enum(INDEX_STATES);
export type IndexState = z.infer<typeof indexStateSchema>;
const indexSchema = z.object({ name: z.string(), state: indexStateSchema });
export type IndexStanding = z.infer<typeof indexSchema>;

/** Why a table is where it is: a measure that is over its threshold. */
const reasonSchema = z.object({
  text: z.string(),
  /** From where on, and who says so. */
  threshold: z.string(),
});
export type Reason = z.infer<typeof reasonSchema>;

const tableRowSchema = z.object({
  keyspace: z.string(),
  table: z.string(),
  kind: z.enum(['table', 'view']),
  /** Of a keyspace that Cassandra keeps for itself. */
  system: z.boolean(),
  /** The strategy's name; null for a view, or while the schema is not known. */
  compaction: z.nullable(z.string()),
  /** 0: rows do not expire by themselves. */
  defaultTtlSeconds: z.nullable(z.int()),
  /** The worst state over all nodes. */
  indexes: z.array(indexSchema),
  figures: figuresSchema,
  /** The time between the two reads of counters, the longest of all nodes. */
  windowMs: z.nullable(z.int()),
  /** How many times over its threshold the worst measure is; null: no measure is known. */
  degree: z.nullable(z.number()),
  /** The measure that `degree` is of, in words. */
  worst: z.nullable(z.string()),
  reasons: z.array(reasonSchema),
  /** What the verdict finds of the table besides. */
  notes: z.array(z.string()),
});
export type TableRow = z.infer<typeof tableRowSchema>;

export const tablesResponseSchema = z.object({
  /** What hurts most first. */
  tables: z.array(tableRowSchema),
  unknown: z.array(unknownFactSchema),
  silent: z.array(silentNodeSchema),
  nodes: z.int(),
  pace: paceSchema,
  asOf: z.string(),
});
export type TablesResponse = z.infer<typeof tablesResponseSchema>;

const tableNodeSchema = z.object({
  node: z.string(),
  datacenter: z.string(),
  rack: z.string(),
  /** Why it says nothing; null: it answers. */
  silence: z.nullable(z.string()),
  figures: figuresSchema,
  windowMs: z.nullable(z.int()),
  indexes: z.array(indexSchema),
  /** Share of the keyspace's rows that it holds a copy of, 0 to 1; null: placement is not known. */
  owns: z.nullable(z.number()),
  /** The end of the last incremental repair of the table that this node knows (`system.repairs`); null: it knows none. */
  repairedAt: z.nullable(z.string()),
  /** When the oldest of these figures was read; null: none was. */
  askedAt: z.nullable(z.string()),
});
export type TableNode = z.infer<typeof tableNodeSchema>;

export const tableNodesResponseSchema = z.object({
  nodes: z.array(tableNodeSchema),
  /** The statements that show the figures, one node at a time. */
  statements: z.array(z.string()),
  unknown: z.array(unknownFactSchema),
  asOf: z.string(),
});
export type TableNodesResponse = z.infer<typeof tableNodesResponseSchema>;

/** POST …/find: reads a sample of the table, never more than this. */
export const findRequestSchema = z.strictObject({
  what: z.enum(['wide', 'tombstones', 'indexes']),
  seconds: z.optional(z.int().check(z.minimum(1), z.maximum(120))),
  rows: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
  /** Places of the ring, evenly spread. */
  places: z.optional(z.int().check(z.minimum(1), z.maximum(256))),
});
export type FindRequest = z.infer<typeof findRequestSchema>;

/** What of the budget was used, and how much of the table that shows. */
const spentSchema = z.object({
  rows: z.int(),
  pages: z.int(),
  elapsedMs: z.number(),
  /** Places begun, of `places`. */
  begun: z.int(),
  places: z.int(),
  /** Places that could not be read, with why. */
  failures: z.array(z.string()),
  /** Share of the ring whose partitions were all seen, 0 to 1. */
  share: z.number(),
  partitions: z.int(),
});

const daysSchema = z.object({
  /** The first and the last value of the time column that were seen, ISO 8601 UTC. */
  from: z.string(),
  to: z.string(),
  /** Days in UTC with rows. */
  days: z.int(),
});

const seenPartitionSchema = z.object({
  /** Values of the partition key in their JSON form, by column. */
  key: dictionarySchema(jsonValueSchema),
  token: tokenSchema,
  rows: z.int(),
  /** False: it has these rows or more. */
  isWhole: z.boolean(),
  /** An estimate, from the first of its rows; null: they were not read. */
  bytes: z.nullable(z.number()),
  bytesPerRow: z.nullable(z.number()),
  time: z.nullable(daysSchema),
});
export type SeenPartition = z.infer<typeof seenPartitionSchema>;

const tombstonePlaceSchema = z.object({
  /** The tokens that were read: after `from`, up to and including `to`. */
  from: tokenSchema,
  to: tokenSchema,
  /** As the replicas that were read noted it in the trace. */
  live: z.int(),
  tombstones: z.int(),
  /** A partition of this place, in the same form; null: the place was read as a range. */
  key: z.nullable(dictionarySchema(jsonValueSchema)),
});
export type TombstonePlace = z.infer<typeof tombstonePlaceSchema>;

const adviceSchema = z.object({
  /** One sentence for each thing that was seen. */
  observed: z.array(z.string()),
  /** What a day in the partition key would make of it. */
  would: z.array(z.string()),
  /** CREATE TABLE, to copy. */
  createTable: z.string(),
  queries: z.array(z.object({ before: z.string(), after: z.string() })),
});
export type TimeSeriesAdvice = z.infer<typeof adviceSchema>;

/** The values of an indexed column, in the rows of a sample. */
const indexedValuesSchema = z.object({
  index: z.string(),
  column: z.string(),
  kind: z.enum(['secondary', 'sai', 'sasi', 'unknown']),
  /** Rows with a value; an index has no entry for the others. */
  values: z.int(),
  nulls: z.int(),
  distinct: z.int(),
  /** Rows with the most common value. */
  most: z.int(),
  /** What it means for this kind of index, or why nothing is said. */
  says: z.string(),
});
export type IndexedValues = z.infer<typeof indexedValuesSchema>;

const foundSchema = z.object({
  what: z.enum(['wide', 'tombstones', 'indexes']),
  spent: spentSchema,
  budget: z.object({ seconds: z.int(), rows: z.int(), places: z.int() }),
  /** `whole`: every place was read to its end; otherwise what ran out. */
  ended: z.enum(['running', 'whole', 'rows', 'seconds', 'failures']),
  /** With `?` for the bounds of a place. */
  statement: z.string(),
  /** The widest first. */
  widest: z.array(seenPartitionSchema),
  /** The most tombstones first. */
  tombstones: z.array(tombstonePlaceSchema),
  /** Reads that were traced, and those whose traces say nothing. */
  traced: z.int(),
  untraced: z.int(),
  /** Null: nothing is advised, for `noAdvice`. */
  advice: z.nullable(adviceSchema),
  noAdvice: z.nullable(z.string()),
  /** Of a search for indexes. */
  indexes: z.optional(z.array(indexedValuesSchema)),
});
export type Found = z.infer<typeof foundSchema>;

/** A line of the response: what is found so far, then exactly one `end` or `error`; a stream without either is incomplete. */
export const findLineSchema = z.union([
  z.object({ progress: foundSchema }),
  z.object({ end: foundSchema }),
  z.object({ error: apiErrorSchema }),
]);
export type FindLine = z.infer<typeof findLineSchema>;

/** GET …/repairs: the token of a key that is of interest besides. */
export const tableRepairRequestSchema = z.strictObject({ token: z.optional(tokenSchema) });

const repairRecordSchema = z.object({ id: z.string(), startedAt: z.string(), endedAt: z.string() });

/** When a table was last repaired, by the records that its cluster keeps for 30 days. */
export const tableRepairResponseSchema = z.object({
  /** The newest that ended without an error, of whatever ranges; null: see `why`. */
  last: z.nullable(repairRecordSchema),
  /** The newest whose ranges have the token; null: none of those that were looked at, or no token was given. */
  here: z.nullable(repairRecordSchema),
  /** Records that ended without an error, and how many of the newest were looked at for the token. */
  records: z.int(),
  looked: z.int(),
  why: z.nullable(z.string()),
  grant: z.nullable(z.string()),
  /** When the records were read; null: they were not. */
  askedAt: z.nullable(z.string()),
  statement: z.nullable(z.string()),
});
export type TableRepair = z.infer<typeof tableRepairResponseSchema>;
