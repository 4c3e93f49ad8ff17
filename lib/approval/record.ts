import 'server-only';
import { z } from 'zod';
import { approvalSchema, approvalUndoSchema, ranSchema } from '@/lib/contract/approvals';
import { askerSchema } from '@/lib/contract/asker';
import { needSchema, workSchema } from './work';

/** How a place was when the change was asked for. `fingerprint` is the same only while its schema is. */
const seenSchema = z.object({
  cluster: z.string(),
  keyspace: z.string(),
  table: z.string().optional(),
  fingerprint: z.string(),
});
export type Seen = z.output<typeof seenSchema>;

const decisionSchema = z.object({
  /** The principal's id; null: Ringside. */
  by: z.string().nullable(),
  name: z.string().nullable(),
  at: z.string(),
  reason: z.string().nullable(),
});

/** How it ran, with what undoes it. */
const keptRanSchema = z.object({ ...ranSchema.shape, undo: z.optional(approvalUndoSchema) });
export type KeptRan = z.output<typeof keptRanSchema>;

/** A change that waits, as its file keeps it: `ID.json`. Fields of a later version stay in it. */
export const recordSchema = z.looseObject({
  version: z.literal(1),
  id: z.string(),
  /** The cluster that is changed. */
  cluster: z.string(),
  state: approvalSchema.shape.state,
  /** The principal's id. */
  asker: z.string(),
  by: askerSchema,
  reason: z.string(),
  at: z.string(),
  untilMs: z.number().nullable(),
  title: z.string(),
  statements: approvalSchema.shape.statements,
  consistency: z.string(),
  notes: z.array(z.string()),
  work: workSchema,
  needs: z.array(needSchema),
  seen: z.array(seenSchema),
  decision: decisionSchema.nullable(),
  ran: z.nullable(keptRanSchema),
});
export type ApprovalRecord = z.output<typeof recordSchema>;
