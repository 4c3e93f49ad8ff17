import * as z from 'zod/mini';
import { APPLIED } from './applied';
import { apiErrorSchema } from './errors';
import { rowChangeSchema } from './mutations';
import { passSchema } from './passes';
import { queryRequestSchema } from './reads';
import { scriptRequestSchema } from './scripts';

/** Changes that wait for a second person, and emergency passes, which do not wait. */

/**
 * `waiting` for somebody else; `approved`: runs once, by whoever asked; `running`; `ran`. It ends without a run as
 * `refused`, `withdrawn`, `expired`, or `changed`: a table is not as it was when it was asked for.
 */
const APPROVAL_STATES = [
  'waiting',
  'approved',
  'running',
  'ran',
  'refused',
  'withdrawn',
  'expired',
  'changed',
] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** A sentence for those who decide, and for those who read it later. */
const reasonSchema = z.string().check(z.minLength(3, 'say why, in a sentence'), z.maxLength(1_000));
const tokenSchema = z.string().check(z.minLength(1), z.maxLength(200));
const namedShape = { token: tokenSchema, confirmName: z.optional(z.string()), reason: reasonSchema };

/** What is asked for: the request as it would be sent to run it. Of a reviewed change it is the review's token. */
export const askApprovalSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('statement'), request: queryRequestSchema, reason: reasonSchema }),
  z.strictObject({
    of: z.literal('script'),
    request: z.strictObject({
      statements: scriptRequestSchema.shape.statements,
      onFailure: scriptRequestSchema.shape.onFailure,
    }),
    reason: reasonSchema,
  }),
  z.strictObject({ of: z.literal('mutations'), ...namedShape }),
  z.strictObject({ of: z.literal('change'), ...namedShape }),
  z.strictObject({ of: z.literal('load'), ...namedShape }),
  z.strictObject({ of: z.literal('copy'), ...namedShape }),
]);
export type AskApproval = z.input<typeof askApprovalSchema>;

/** How a run ended, once. */
export const ranSchema = z.object({
  at: z.string(),
  /** Of all statements: one that is unknown, or was not applied, decides. Of a job: that it was started. */
  outcome: z.enum([...APPLIED, 'started']),
  /** For people. */
  message: z.string(),
  /** Of each statement that was sent, in their order; the first hundred. */
  statements: z.array(z.object({ outcome: z.enum(APPLIED), message: z.optional(z.string()) })),
  /** The job that was started. */
  job: z.optional(z.string()),
  error: z.optional(apiErrorSchema),
});
export type ApprovalRan = z.infer<typeof ranSchema>;

/** What undoes the changes of rows that were applied: reviewed and run like any change, also by a second person. */
export const approvalUndoSchema = z.object({
  keyspace: z.string(),
  table: z.string(),
  changes: z.array(rowChangeSchema),
  /** How many changes it leaves as they are: their outcome is unknown, or nothing undoes them. */
  left: z.int(),
});
export type ApprovalUndo = z.infer<typeof approvalUndoSchema>;

const decisionSchema = z.object({
  /** Null: Ringside itself, because a table changed. */
  by: z.nullable(z.string()),
  at: z.string(),
  reason: z.nullable(z.string()),
});

const shownShape = {
  id: z.string(),
  /** The cluster that is changed. */
  cluster: z.string(),
  state: z.enum(APPROVAL_STATES),
  /** What it is, in a few words. */
  title: z.string(),
  /** `keyspace.table`, or a keyspace. */
  tables: z.array(z.string()),
  by: z.string(),
  isOwn: z.boolean(),
  reason: z.string(),
  at: z.string(),
  /** Until when it can be decided on, or run; null: it has ended. */
  until: z.nullable(z.string()),
  decision: z.nullable(decisionSchema),
  ran: z.nullable(ranSchema),
  mayDecide: z.boolean(),
};

/** In the list: the beginning of its first statement. */
const approvalLineSchema = z.object({ ...shownShape, begins: z.string() });
export type ApprovalLine = z.infer<typeof approvalLineSchema>;

/** With everything that runs, as it is sent. */
export const approvalSchema = z.object({
  ...shownShape,
  statements: z.array(
    z.object({ statement: z.string(), keyspace: z.nullable(z.string()), params: z.nullable(z.string()) }),
  ),
  consistency: z.string(),
  /** What to know beside the statements. */
  notes: z.array(z.string()),
  /** For whoever asked, after a run of reviewed changes of rows; null: there is none. */
  undo: z.nullable(approvalUndoSchema),
});
export type Approval = z.infer<typeof approvalSchema>;

export const approvalsResponseSchema = z.object({
  /** Your own, and those that you may decide on or have a right to see; newest first. */
  approvals: z.array(approvalLineSchema),
  passes: z.array(passSchema),
  /** The longest pass that you may take, in minutes; 0: none. */
  passMinutes: z.int(),
});
export type ApprovalsResponse = z.infer<typeof approvalsResponseSchema>;

export const approvalActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('approve') }),
  z.strictObject({ action: z.literal('refuse'), reason: reasonSchema }),
  z.strictObject({ action: z.literal('withdraw') }),
  z.strictObject({ action: z.literal('run') }),
]);
export type ApprovalAction = z.infer<typeof approvalActionSchema>;

export const takePassSchema = z.strictObject({
  reason: reasonSchema,
  minutes: z.int().check(z.minimum(1), z.maximum(1_440)),
});
