import * as z from 'zod/mini';

/** What each node says of itself in numbers. */
export const NODE_NUMBERS = [
  'load',
  'disk',
  'started',
  'pending',
  'blocked',
  'hints',
  'clients',
  'queries',
  'oldestQuery',
  'compactions',
] as const;
const nodeNumberSchema = z.enum(NODE_NUMBERS);
export type NodeNumber = z.infer<typeof nodeNumberSchema>;

/** A number and when it was read, ISO 8601 UTC; null: not known, and why. */
const cellSchema = z.object({
  value: z.nullable(z.number()),
  at: z.nullable(z.string()),
  why: z.optional(z.string()),
});
export type NodeCell = z.infer<typeof cellSchema>;

/** `up`: it answers Ringside; `down`: it does not, and another node calls it down; `unknown`: it does not answer. */
export const NODE_STATES = ['up', 'down', 'unknown'] as const;

const nodeRowSchema = z.object({
  /** `host:port`. */
  node: z.string(),
  hostId: z.string(),
  datacenter: z.string(),
  rack: z.string(),
  state: z.enum(NODE_STATES),
  reason: z.nullable(z.string()),
  /** Of a node that does not answer; null: it answers, or never has. */
  lastAnswerAt: z.nullable(z.string()),
  release: z.nullable(z.string()),
  tokens: z.nullable(z.int()),
  /** Share of the ring it is the primary of, 0 to 1. */
  owns: z.nullable(z.number()),
  numbers: z.record(nodeNumberSchema, cellSchema),
});
export type NodeRow = z.infer<typeof nodeRowSchema>;

export const nodesResponseSchema = z.object({
  nodes: z.array(nodeRowSchema),
  /** The statement that each number comes from. */
  sources: z.record(nodeNumberSchema, z.string()),
  asOf: z.string(),
});
export type NodesResponse = z.infer<typeof nodesResponseSchema>;

/** What the page of one node shows, each from one virtual table. */
export const NODE_SECTIONS = [
  'pools',
  'tasks',
  'streams',
  'hints',
  'caches',
  'clients',
  'queries',
  'logs',
  'repairs',
  'repairSessions',
  'incrementalRepairs',
  'snapshots',
] as const;
const nodeSectionNameSchema = z.enum(NODE_SECTIONS);
export type NodeSectionName = z.infer<typeof nodeSectionNameSchema>;

export const nodeSectionRequestSchema = z.strictObject({
  /** Its host id, its `host:port`, or its host if no other node has it. */
  node: z.string().check(z.minLength(1), z.maxLength(100)),
  section: nodeSectionNameSchema,
  /** Shows the values in running queries, which are masked otherwise. */
  literals: z.optional(z.boolean()),
});

export const nodeSectionSchema = z.object({
  outcome: z.enum(['rows', 'not_permitted', 'no_such_table', 'no_answer']),
  statement: z.string(),
  /** Values as text, so that no counter loses a digit; null: none. In the order of `columns`. */
  columns: z.array(z.string()),
  rows: z.array(z.array(z.nullable(z.string()))),
  /** Rows beyond the most that are sent. */
  notShown: z.int(),
  /** When the rows were read, ISO 8601 UTC: of a node that does not answer, those of its last answer. */
  askedAt: z.nullable(z.string()),
  /** Why there are no rows, or none that are new. */
  why: z.nullable(z.string()),
  grant: z.nullable(z.string()),
});
export type NodeSection = z.infer<typeof nodeSectionSchema>;
