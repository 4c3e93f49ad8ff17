import * as z from 'zod/mini';
import { nameSchema } from './common';
import { MOST_STATEMENT_CHARACTERS } from './limits';

/** What a statement is, by its leading words. */
const STATEMENT_KINDS = [
  'select',
  'insert',
  'update',
  'delete',
  'batch',
  'truncate',
  'create',
  'alter',
  'drop',
  'grant',
  'revoke',
  'use',
  'describe',
  'list',
  'unknown',
] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** What a read costs, in facts. */
export const costSchema = z.discriminatedUnion('scope', [
  z.object({ scope: z.literal('one_partition') }),
  z.object({ scope: z.literal('partitions'), count: z.nullable(z.int()) }),
  z.object({ scope: z.literal('index'), name: z.nullable(z.string()) }),
  z.object({ scope: z.literal('ring_share'), fraction: z.nullable(z.number()) }),
  z.object({ scope: z.literal('whole_ring') }),
  z.object({ scope: z.literal('whole_ring_filtering') }),
  z.object({ scope: z.literal('one_node') }),
  z.object({ scope: z.literal('write') }),
  z.object({ scope: z.literal('schema') }),
  z.object({ scope: z.literal('none') }),
  z.object({ scope: z.literal('unknown') }),
]);
export type Cost = z.infer<typeof costSchema>;

const ROW_ORDERS = ['clustering', 'values', 'token', 'as_served', 'similarity', 'node_local', 'none'] as const;

const CHANGE_SCOPES = [
  'rows',
  'range',
  'partitions',
  'static',
  'table',
  'batch',
  'schema',
  'roles',
  'none',
  'unknown',
] as const;

/** What a statement changes, as its text and the schema say it. Counts are the most that it can touch. */
const changeSchema = z.object({
  scope: z.enum(CHANGE_SCOPES),
  /** In a few words: `1 row`, `range of one partition`, `3 whole partitions`, `logged batch over 2 partitions`. */
  summary: z.string(),
  /** What else is known, a sentence each. */
  facts: z.array(z.string()),
  /** Rows that it names by their whole key; null: not known, or not named one by one. */
  rows: z.nullable(z.int()),
  partitions: z.nullable(z.int()),
  /** `IF …`: it runs through Paxos, at the serial consistency. */
  isConditional: z.boolean(),
  isCounter: z.boolean(),
  /** Keyspaces whose replicas take it. */
  keyspaces: z.array(z.string()),
});
export type Change = z.infer<typeof changeSchema>;

const editSchema = z.object({ start: z.int(), text: z.string(), replacement: z.string() });

/** Known before it runs: Cassandra refuses it. */
const refusalSchema = z.object({
  message: z.string(),
  /** The place in the statement, in UTF-16 units; null: none in particular. */
  range: z.nullable(z.object({ from: z.int(), to: z.int() })),
  /** Changes of the text that would help, best first. */
  suggestions: z.array(
    z.object({
      label: z.string(),
      edits: z.array(editSchema),
      /** What Cassandra would read with it, where that is more than one partition. */
      reads: z.optional(z.literal('whole_ring')),
    }),
  ),
});
export type Refusal = z.infer<typeof refusalSchema>;

const classificationSchema = z.object({
  kind: z.enum(STATEMENT_KINDS),
  /** The statement's leading words as written, upper case: `CREATE TABLE`, `BEGIN UNLOGGED BATCH`. */
  verb: z.string(),
  /** False only for statements that certainly change nothing: SELECT, DESCRIBE, LIST. */
  isWrite: z.boolean(),
  /** DROP and TRUNCATE: the name must be typed before it runs. */
  isDestructive: z.boolean(),
  /** What it acts on, if that is a single thing. */
  target: z.nullable(z.object({ keyspace: z.nullable(z.string()), name: z.string() })),
  /** The table it reads, resolved against the request's keyspace. */
  table: z.nullable(z.object({ keyspace: z.nullable(z.string()), name: z.string() })),
  cost: costSchema,
  order: z.enum(ROW_ORDERS),
  /** Can be read as token ranges in parallel. */
  splittable: z.boolean(),
  pageable: z.boolean(),
  /** Token and ring share can be read from the paging state. */
  ringProgress: z.boolean(),
  warnings: z.array(z.string()),
  /** What it changes; null for a read, and for what is no statement. */
  change: z.nullable(changeSchema),
  refusal: z.nullable(refusalSchema),
});
export type Classification = z.infer<typeof classificationSchema>;

export const classifyRequestSchema = z.strictObject({
  statement: z.string().check(z.maxLength(MOST_STATEMENT_CHARACTERS)),
  keyspace: z.optional(nameSchema),
});
export const classifyResponseSchema = classificationSchema;
