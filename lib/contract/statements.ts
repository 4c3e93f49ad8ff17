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
const costSchema = z.discriminatedUnion('scope', [
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
});
export type Classification = z.infer<typeof classificationSchema>;

export const classifyRequestSchema = z.strictObject({
  statement: z.string().check(z.maxLength(MOST_STATEMENT_CHARACTERS)),
  keyspace: z.optional(nameSchema),
});
export const classifyResponseSchema = classificationSchema;
